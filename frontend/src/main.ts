/** The page begins here: what is on this phone first, the network when the first screen stands. */

import './features/synced'

import { mount } from 'svelte'

import App from './App.svelte'
import { watchInstall } from './features/install/install'
import { registerWorker } from './features/install/worker'
import { database } from './store/database'
import { holdUntil } from './store/live'
import { watchArrivals } from './ui/arrival'
import { firstPaint, idle, screenStands } from './ui/first_paint'
import { wearRemembered } from './ui/theme'
import { restOfWords, speakPreferred } from './words'

// Chromium offers the installation once, early.
watchInstall()
holdUntil(firstPaint)
watchArrivals()
wearRemembered()

/** Milliseconds after which a part that the network did not give is asked for again. */
const ASK_AGAIN_AFTER = 5_000

/** Each when the phone has nothing better to do: what waits to be sent comes first. */
const afterwards: readonly (() => Promise<unknown>)[] = [
  startSyncing,
  registerWorker,
  restOfWords,
  async () => (await import('./features/accounts/forgetting')).forgetWithTheStore(),
  async () => (await import('./features/push/follow')).followPushes(),
  async () => (await import('./features/preferences/follow')).followPreferences(),
]

void begin()

/**
 * Not by waiting at the top of this module: the words of another language import from the first chunk, which would
 * then wait for them, and they for it.
 */
async function begin(): Promise<void> {
  // English is here already; another language is one small file more.
  await speakPreferred()
  // Two short tasks keep a finger waiting less than one long one; but no frame between them, which would show nothing.
  if ('scheduler' in window) await scheduler.postTask(() => undefined, { priority: 'user-blocking' })
  const target = document.getElementById('app')
  if (target === null) throw new Error('index.html has no #app.')
  mount(App, { target })
  screenStands()
  await firstPaint
  // Whatever is wrong with the store, `storageState` tells the screens.
  database.start().catch(() => undefined)
  for (const step of afterwards) {
    await idle()
    // Not waited for: one that does not come must not keep the others.
    step().catch(() => undefined)
  }
}

/** Before the worker has everything, a part can fail to come, or the page can go while it does. */
async function startSyncing(): Promise<void> {
  try {
    const { startSync } = await import('./sync/start')
    startSync()
  } catch {
    setTimeout(() => void startSyncing(), ASK_AGAIN_AFTER)
  }
}
