/// <reference lib="webworker" />
import { isToWorker } from '../frontend/src/features/install/messages'
import { OUTBOX_TAG } from '../frontend/src/sync/background'
import { runOutbox } from '../frontend/src/sync/run'

/** Not in TypeScript's library: https://wicg.github.io/background-sync/spec/ (Chromium only). */
interface SyncEvent extends ExtendableEvent {
  readonly tag: string
}

/**
 * What waits is sent when there is a network again, even with no tab open; or when a page asks for it.
 * A rejected promise makes the browser try again later, more and more slowly.
 */
export function sendWhatWaits(worker: ServiceWorkerGlobalScope): void {
  worker.addEventListener('sync', (event) => {
    const { tag } = event as SyncEvent
    if (tag === OUTBOX_TAG) (event as SyncEvent).waitUntil(runOutbox())
  })
  worker.addEventListener('message', (event) => {
    const data: unknown = event.data
    // Whoever asked is told by the store how it went; nobody waits for this promise.
    if (isToWorker(data) && data.type === 'sync-now') event.waitUntil(runOutbox().catch(() => undefined))
  })
}
