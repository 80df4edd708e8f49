/** The store was emptied, here, in another tab or by the worker: what a page still has in its memory must go as well. */

import { database, recall } from './database'
import { live } from './live'

/** Calls `forget` whenever it happens from now on. Returns how to end it. */
export function whenErased(forget: () => void): () => void {
  let known: number | null = null
  return live(async () => (await recall(database, 'erasedAt')) ?? 0).subscribe((erasedAt) => {
    if (erasedAt === undefined) return
    if (known !== null && erasedAt !== known) forget()
    known = erasedAt
  })
}
