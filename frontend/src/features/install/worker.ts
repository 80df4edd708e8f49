/**
 * The service worker, from the page's side: registered once, and a new version only with the person's yes.
 *
 *   installing ──▶ waiting ──(applyUpdate: skip-waiting)──▶ active ──(controllerchange)──▶ reload
 *
 * Another tab's yes replaces this tab's worker as well; this tab then offers the reload, and never does it unasked.
 */

import { writable, type Readable } from 'svelte/store'

import { holdBackgroundSync } from '../../sync/background'
import type { ToWorker } from './messages'

const SCRIPT = '/sw.js'
/** Milliseconds after which a tab that comes back into view asks again whether there is a new version. */
const ASK_AGAIN_AFTER = 60 * 60 * 1000

const ready = writable(false)
/** Whether a newer version of the app is here and waits for a yes. */
export const updateReady: Readable<boolean> = ready

const unsaved = new Set<() => Promise<unknown>>()
let registration: ServiceWorkerRegistration | undefined
let accepted = false

/**
 * Before a reload, `save` is called and waited for: for words that are still on their way into a draft.
 * Returns how to take it back.
 */
export function beforeUpdate(save: () => Promise<unknown>): () => void {
  unsaved.add(save)
  return () => unsaved.delete(save)
}

/** The person said yes: saves what is being written, then lets the new version in and loads it. */
export async function applyUpdate(): Promise<void> {
  await Promise.allSettled([...unsaved].map((save) => save()))
  accepted = true
  // Chromium may take half a minute to let an old worker go that is woken while it ends.
  holdBackgroundSync()
  if (registration?.waiting) tell(registration.waiting, { type: 'skip-waiting' })
  else location.reload()
}

/** Registers the worker; where there is none (a private window, an old browser) the app works while online. */
export async function registerWorker(): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  const workers = navigator.serviceWorker
  // Without one, what comes now is the first: nothing is replaced, so there is nothing to offer.
  let replaces = workers.controller !== null
  workers.addEventListener('controllerchange', () => {
    if (accepted) location.reload()
    else if (replaces) ready.set(true)
    replaces = true
  })
  try {
    registration = await workers.register(trustedScript(), { scope: '/', updateViaCache: 'none' })
  } catch {
    return
  }
  watch(registration)
  askAgainWhenSeen(registration)
}

/** Asks the worker to send what waits, if there is one. */
export function askWorkerToSync(): void {
  const worker = 'serviceWorker' in navigator ? navigator.serviceWorker.controller : null
  if (worker !== null) tell(worker, { type: 'sync-now' })
}

function watch(watched: ServiceWorkerRegistration): void {
  const offer = (): void => {
    if (watched.waiting !== null && watched.active !== null) ready.set(true)
  }
  const follow = (): void => watched.installing?.addEventListener('statechange', offer)
  offer()
  follow()
  watched.addEventListener('updatefound', follow)
}

/** An installed app can stay open for weeks, and the browser looks for a new version when it is opened. */
function askAgainWhenSeen(watched: ServiceWorkerRegistration): void {
  let asked = Date.now()
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || Date.now() - asked < ASK_AGAIN_AFTER) return
    asked = Date.now()
    // Offline there is nothing new to be had.
    watched.update().catch(() => undefined)
  })
}

/** The one script that this policy lets through; where there are no Trusted Types, the address itself. */
function trustedScript(): string {
  const policy = window.trustedTypes?.createPolicy('leeward-worker', {
    createScriptURL(address) {
      if (address !== SCRIPT) throw new TypeError('Leeward has one worker.')
      return address
    },
  })
  // TypeScript's register() does not know yet that it takes a TrustedScriptURL.
  return (policy?.createScriptURL(SCRIPT) ?? SCRIPT) as string
}

function tell(worker: ServiceWorker, message: ToWorker): void {
  worker.postMessage(message)
}
