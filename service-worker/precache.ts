/// <reference lib="webworker" />
import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  precacheAndRoute,
  type PrecacheEntry,
} from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'

import { isToWorker } from '../frontend/src/features/install/messages'

/** Addresses that are the server's and never a screen. */
const NOT_SCREENS = [
  /^\/api(?:[/?]|$)/,
  /^\/schema(?:[/?]|$)/,
  /^\/health(?:[/?]|$)/,
  /^[^?]*\.[^/?]*(?:\?|$)/,
]

/** What is asked of the server needs no worker, and must not wake one; Chromium can be told. */
const STRAIGHT_TO_THE_SERVER = { condition: { urlPattern: '/api/*' }, source: 'network' } as const

/** Not in TypeScript's library: https://w3c.github.io/ServiceWorker/#dom-installevent-addroutes */
interface InstallEvent extends ExtendableEvent {
  addRoutes?(rules: typeof STRAIGHT_TO_THE_SERVER): Promise<void>
}

/**
 * The whole app is on the phone after the first visit, and every screen's address opens it, with or without a network.
 * A new version waits until the person accepts it: the page then says 'skip-waiting'.
 */
export function serveTheApp(worker: ServiceWorkerGlobalScope, entries: (PrecacheEntry | string)[]): void {
  cleanupOutdatedCaches()
  precacheAndRoute(entries, { cleanURLs: false })
  registerRoute(new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: NOT_SCREENS }))
  worker.addEventListener('install', (event: InstallEvent) => {
    event.addRoutes?.(STRAIGHT_TO_THE_SERVER).catch(() => undefined)
  })
  worker.addEventListener('message', (event) => {
    const data: unknown = event.data
    if (isToWorker(data) && data.type === 'skip-waiting') void worker.skipWaiting()
  })
  // The page that brought the first worker needs it at once, to be woken when a network comes back.
  worker.addEventListener('activate', (event) => {
    event.waitUntil(worker.clients.claim())
  })
}
