/**
 * The service worker, from the page's side: registered once, and a new version only with the person's yes.
 *
 *   installing ──▶ waiting ──(applyUpdate: skip-waiting)──▶ active ──(controllerchange)──▶ reload
 *
 * Another tab's yes replaces this tab's worker as well; this tab then offers the reload, and never does it unasked.
 */

import { writable, type Readable } from 'svelte/store'

import { forgetAllLastWords } from '../../store/last_words'
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

/** What keeps the words of a screen that may go away. */
export interface Keeper {
  /** The page is put aside, or waits to be reloaded for a new version: into a draft. */
  keep: () => Promise<unknown>
  /** The page is going this very moment: at once or not at all. */
  last: () => void
}

/** Has words kept that are still on their way into a draft, whenever the page may be about to go. Returns how to end it. */
export function beforeLeaving({ keep, last }: Keeper): () => void {
  const leave = (): void => void keep()
  unsaved.add(keep)
  const back = (event: PageTransitionEvent): void => {
    // Not gone after all: what it kept as its last words is on its screen, and goes on from there.
    if (event.persisted) forgetAllLastWords()
  }
  document.addEventListener('visibilitychange', leave)
  window.addEventListener('pagehide', last)
  window.addEventListener('pageshow', back)
  return () => {
    unsaved.delete(keep)
    document.removeEventListener('visibilitychange', leave)
    window.removeEventListener('pagehide', last)
    window.removeEventListener('pageshow', back)
  }
}

/** The person said yes: saves what is being written, then lets the new version in and loads it. */
export async function applyUpdate(): Promise<void> {
  await Promise.allSettled([...unsaved].map((keep) => keep()))
  accepted = true
  // Chromium may take half a minute to let an old worker go that is woken while it ends.
  holdBackgroundSync()
  // It ends when its last request has; what it was sending, the next one sends again.
  if (registration?.active) tell(registration.active, { type: 'let-go' })
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
