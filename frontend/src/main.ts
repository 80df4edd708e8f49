/** The page begins here: what is on this phone first, the network when the first screen stands. */

import './features/synced'

import { mount } from 'svelte'

import App from './App.svelte'
import { watchInstall } from './features/install/install'
import { registerWorker } from './features/install/worker'
import { database } from './store/database'
import { watchArrivals } from './ui/arrival'
import { wearRemembered } from './ui/theme'
import { restOfWords, speakPreferred } from './words'

// Chromium offers the installation once, early.
watchInstall()
// Whatever is wrong with the store, `storageState` tells the screens.
database.start().catch(() => undefined)
watchArrivals()
wearRemembered()
void begin()

/**
 * Not by waiting at the top of this module: the words of another language import from the first chunk, which would
 * then wait for them, and they for it.
 */
async function begin(): Promise<void> {
  // English is here already; another language is one small file more.
  await speakPreferred()
  const target = document.getElementById('app')
  if (target === null) throw new Error('index.html has no #app.')
  mount(App, { target })
  // The frame after the next begins when the first one has been painted.
  requestAnimationFrame(() => setTimeout(() => void goOnline()))
}

async function goOnline(): Promise<void> {
  restOfWords().catch(() => undefined)
  import('./features/preferences/follow')
    .then(({ followPreferences }) => followPreferences())
    .catch(() => undefined)
  import('./features/accounts/forgetting')
    .then(({ forgetWithTheStore }) => forgetWithTheStore())
    .catch(() => undefined)
  import('./features/push/follow').then(({ followPushes }) => followPushes()).catch(() => undefined)
  await registerWorker()
  await startSyncing()
}

/** Milliseconds after which a part that the network did not give is asked for again. */
const ASK_AGAIN_AFTER = 5_000

/** Before the worker has everything, a part can fail to come, or the page can go while it does. */
async function startSyncing(): Promise<void> {
  try {
    const { startSync } = await import('./sync/start')
    startSync()
  } catch {
    setTimeout(() => void startSyncing(), ASK_AGAIN_AFTER)
  }
}
