/// <reference lib="webworker" />
import { cacheNames } from 'workbox-core'
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

/**
 * What Chromium can do without the worker, which it must not wake for it: ask the server, and take a file of the app
 * from the cache. Their names carry a hash, so a file of that name is the file, whichever version put it there.
 */
const WITHOUT_THE_WORKER: RouterRule[] = [
  { condition: { urlPattern: '/api/*' }, source: 'network' },
  { condition: { urlPattern: '/assets/*' }, source: { cacheName: cacheNames.precache } },
]

/** Not in TypeScript's library: https://w3c.github.io/ServiceWorker/#dom-installevent-addroutes */
interface InstallEvent extends ExtendableEvent {
  addRoutes?(rules: RouterRule[]): Promise<void>
}
interface RouterRule {
  condition: { urlPattern: string }
  source: 'network' | { cacheName: string }
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
    event.addRoutes?.(WITHOUT_THE_WORKER).catch(() => undefined)
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
