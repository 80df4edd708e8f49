/** Puts the first screen there: what is on this phone first, the network when it stands. */

import './features/synced'

import { mount } from 'svelte'

import App from './App.svelte'
import { zoneHere } from './features/check_ins/local_time'
import { watchInstall } from './features/install/install'
import { registerWorker } from './features/install/worker'
import { database } from './store/database'
import { holdUntil } from './store/live'
import { watchArrivals } from './ui/arrival'
import { firstPaint, idle, nextTask } from './ui/first_paint'
import { wearRemembered } from './ui/theme'
import { restOfWords, speakPreferred } from './words'

/** Milliseconds after which a part that the network did not give is asked for again. */
const ASK_AGAIN_AFTER = 5_000

/** Each when the phone has nothing better to do: what waits to be sent comes first. */
const afterwards: readonly (() => Promise<unknown>)[] = [
  startClock,
  startSyncing,
  registerWorker,
  restOfWords,
  async () => (await import('./features/accounts/forgetting')).forgetWithTheStore(),
  async () => (await import('./features/push/follow')).followPushes(),
  async () => (await import('./features/preferences/follow')).followPreferences(),
  async () => (await import('./features/buddies/follow_sharing')).followSharing(),
  async () => (await import('./features/buddies/reach_out_follow')).followReachOut(),
  async () => (await import('./features/buddies/talk_follow')).followTalk(),
]

/** To be called once. */
export async function start(): Promise<void> {
  watchInstall()
  holdUntil(firstPaint)
  watchArrivals()
  wearRemembered()
  // English is here already; another language is one small file more.
  await speakPreferred()
  await nextTask()
  const target = document.getElementById('app')
  if (target === null) throw new Error('index.html has no #app.')
  mount(App, { target })
  await firstPaint
  // Whatever is wrong with the store, `storageState` tells the screens.
  database.start().catch(() => undefined)
  for (const step of afterwards) {
    await idle()
    // Not waited for: one that does not come must not keep the others.
    step().catch(() => undefined)
  }
}

/** The first of the browser's formats is long in the making; a tap, which needs one, is not to wait for it. */
async function startClock(): Promise<void> {
  await nextTask()
  zoneHere()
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
