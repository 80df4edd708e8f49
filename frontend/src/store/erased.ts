/** The store was emptied, here, in another tab or by the worker: what a page still has in its memory must go as well. */

import { liveQuery } from 'dexie'

import { database, recall } from './database'

/** Calls `forget` whenever it happens from now on. Returns how to end it. */
export function whenErased(forget: () => void): () => void {
  let known: number | null = null
  const subscription = liveQuery(async () => (await recall(database, 'erasedAt')) ?? 0).subscribe({
    next: (erasedAt) => {
      if (known !== null && erasedAt !== known) forget()
      known = erasedAt
    },
    // What is wrong with the store, `storageState` says.
    error: () => undefined,
  })
  return () => subscription.unsubscribe()
}
