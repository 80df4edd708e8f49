/// <reference lib="webworker" />
import { hangUp } from '../frontend/src/api/client'
import { isToWorker } from '../frontend/src/features/install/messages'
import { OUTBOX_TAG } from '../frontend/src/sync/background'
import { runOutbox } from '../frontend/src/sync/run'

/** Not in TypeScript's library: https://wicg.github.io/background-sync/spec/ (Chromium only). */
interface SyncEvent extends ExtendableEvent {
  readonly tag: string
}

/**
 * What waits is sent when there is a network again, even with no tab open.
 * A rejected promise makes the browser try again later, more and more slowly.
 */
export function sendWhatWaits(worker: ServiceWorkerGlobalScope): void {
  worker.addEventListener('sync', (event) => {
    const { tag } = event as SyncEvent
    if (tag === OUTBOX_TAG) (event as SyncEvent).waitUntil(runOutbox())
  })
  worker.addEventListener('message', (event) => {
    const data: unknown = event.data
    if (isToWorker(data) && data.type === 'let-go') hangUp()
  })
}
