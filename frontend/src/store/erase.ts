/** Emptying the store: signing out, an ended device, a fresh start. The app shell and Help now stay. */

import { remember, type Store } from './database'
import { randomId } from './ids'
import { forgetAllLastWords } from './last_words'
import type { Meta } from './lines'
import { save } from './saving'

/** Erases every row, the outbox and the drafts in one transaction; what is given is remembered in the empty store. */
export async function erase(store: Store, keep: Partial<Meta> = {}): Promise<void> {
  await save(store, store.tables, async () => {
    await Promise.all(store.tables.map((table) => table.clear()))
    // A new device id: the old one's numbers are spent.
    await remember(store, 'device', { id: randomId(), next: 1 })
    await remember(store, 'erasedAt', Date.now())
    for (const [key, value] of Object.entries(keep)) await store.meta.put({ key: key as keyof Meta, value })
  })
  forgetAllLastWords()
}
