/// <reference lib="webworker" />
import { hangUp } from '../frontend/src/api/client'
import { sendWished } from '../frontend/src/features/buddies/reaching_out'
import { isToWorker } from '../frontend/src/features/install/messages'
import { OUTBOX_TAG } from '../frontend/src/sync/background'
import { bringUpToDate } from '../frontend/src/features/push/standing'
import { database } from '../frontend/src/store/database'
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
    if (tag === OUTBOX_TAG) (event as SyncEvent).waitUntil(sent(worker))
  })
  worker.addEventListener('message', (event) => {
    const data: unknown = event.data
    if (isToWorker(data) && data.type === 'let-go') hangUp()
  })
}

async function sent(worker: ServiceWorkerGlobalScope): Promise<void> {
  // Company first: somebody waits for it. What is too old to go by itself stays where it is.
  const company = sendWished(database)
  await company.catch(() => undefined)
  await runOutbox()
  await company
  // The reply may have brought a check-in of another phone, or a change that the server has refused.
  await bringUpToDate(worker.registration, worker.navigator, database).catch(() => undefined)
}
