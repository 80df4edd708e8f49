/** Saving on the phone: the promise resolves when the browser has it, or rejects with what the person can do. */

import type { Table, Transaction } from 'dexie'

import type { Store } from './database'
import { askRoom, storageErrorOf } from './errors'

/** Runs `work` in one strict read-write transaction over `tables`. Throws StorageFull, StorageBlocked or StorageFailed. */
export async function save<T>(
  store: Store,
  tables: readonly (Table | string)[],
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  try {
    // A browser that could not open it a minute ago may be able to now.
    await store.start()
    // Dexie resolves this after the transaction's `complete`, not after the last request.
    return await store.transaction('rw', tables, work)
  } catch (error) {
    throw storageErrorOf(error, await askRoom())
  }
}
