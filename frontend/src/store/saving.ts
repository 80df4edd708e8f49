/** Saving on the phone: the promise resolves when the browser has it, or rejects with what the person can do. */

import type { Table, Transaction } from 'dexie'
import { writable, type Readable } from 'svelte/store'

import type { Store } from './database'
import { askRoom, storageErrorOf } from './errors'

/** Runs `work` in one strict read-write transaction over `tables`. Throws StorageFull, StorageBlocked or StorageFailed. */
export async function save<T>(
  store: Store,
  tables: readonly (Table | string)[],
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  let thrownByWork: unknown
  try {
    // A browser that could not open it a minute ago may be able to now.
    await store.start()
    // Dexie resolves this after the transaction's `complete`, not after the last request.
    return await store.transaction('rw', tables, async (transaction) => {
      try {
        return await work(transaction)
      } catch (error) {
        if (error instanceof Refusal) thrownByWork = error
        throw error
      }
    })
  } catch (error) {
    if (thrownByWork !== undefined) throw thrownByWork as Refusal
    throw storageErrorOf(error, await askRoom())
  }
}

/** Thrown within `save` to roll back for a reason of our own; comes out as it is. */
export class Refusal extends Error {}

/** Whether the browser has promised to keep the store: unknown until asked. */
export type Persistence = 'unknown' | 'granted' | 'refused' | 'unsupported'

const answer = writable<Persistence>('unknown')

/** What the browser answered, for the screens. */
export const persistence: Readable<Persistence> = answer

let asked = false

/** Asks the browser once not to erase the store by itself. After the first save: by then it knows the person means it. */
export async function askToPersist(): Promise<void> {
  if (asked) return
  try {
    // A worker may not ask.
    const storage: { persisted(): Promise<boolean>; persist?(): Promise<boolean> } = navigator.storage
    if (storage.persist === undefined) return
    asked = true
    const granted = (await storage.persisted()) || (await storage.persist())
    answer.set(granted ? 'granted' : 'refused')
  } catch {
    answer.set('unsupported')
  }
}
