/** Queries that redraw by themselves, whoever changed the rows: this tab, another, or the worker. */

import { liveQuery } from 'dexie'
import { readable, type Readable } from 'svelte/store'

/** The answer, and every later one; undefined until the first has come. Usable as `$store`. */
export type Live<T> = Readable<T | undefined>

let held: Promise<void> | null = null

/** Nothing is asked before `first` has come: a page puts its first screen there, and then opens the store. */
export function holdUntil(first: Promise<void>): void {
  held = first
  void first.then(() => (held = null))
}

/** Runs `query` again whenever rows it read have changed. A failing store leaves the last answer standing. */
export function live<T>(query: () => Promise<T>): Live<T> {
  return readable<T | undefined>(undefined, (set) => {
    let end: (() => void) | null = null
    let over = false
    const begin = (): void => {
      if (over) return
      const subscription = liveQuery(query).subscribe({
        next: set,
        // What is wrong with the store is told by `storageState`, once, not by every list.
        error: () => undefined,
      })
      end = () => subscription.unsubscribe()
    }
    if (held === null) begin()
    else void held.then(begin)
    return () => {
      over = true
      end?.()
    }
  })
}
