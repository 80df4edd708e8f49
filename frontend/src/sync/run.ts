/** A whole sync, wherever it runs: nothing here needs a document, so the worker can import it. */

import '../features/synced'
import { send } from '../api/client'
import { finishSignOut, settleLostSession } from '../features/accounts/session'
import { database } from '../store/database'
import { Exchange, type SyncEnd, type World } from './exchange'
import { withSyncLock } from './lock'

/** This browser's store, the server it came from, its clock. */
export const world: World = {
  store: database,
  peer: (body) => send('POST', '/api/sync', body),
  build: __LEEWARD_BUILD__,
  now: () => Date.now(),
  finishSignOut,
  settleLostSession,
}

let exchange: Exchange | undefined

/** Sends what waits and takes what is new, until there is no more. Throws a StorageError. */
export async function syncOnce(): Promise<SyncEnd> {
  exchange ??= new Exchange(world)
  return exchangeAll(exchange)
}

/** The lock is taken for each step anew: never held longer than one request may take. */
export async function exchangeAll(talk: Exchange): Promise<SyncEnd> {
  for (;;) {
    const step = await withSyncLock(() => talk.step())
    if (step.kind !== 'again') return step
  }
}

/**
 * For the worker's Background Sync: rejects when something still waits, so that the browser tries again later.
 * With nothing waiting it asks the server for nothing.
 */
export async function runOutbox(): Promise<void> {
  if ((await database.outbox.count()) === 0) return
  const end = await syncOnce()
  if (end.kind === 'wait') throw new Error(`Still waiting: ${end.reason}`)
}
