/** Every version of the phone's store, in one place. */

import type { Transaction } from 'dexie'

/** A step of the store: the tables that change with it, and what happens to the rows. */
export interface SchemaVersion {
  /** 1, 2, 3 … */
  version: number
  /** Dexie's notation, only the tables that change: primary key first, `*` many words, `[a+b]` together. */
  stores: Readonly<Record<string, string | null>>
  /** Runs in the transaction of the upgrade; the outbox and what needs a look must come out whole. */
  upgrade?: (transaction: Transaction) => Promise<void>
}

/**
 * Never change a version that has been released: append one.
 * Views (check_ins, preferences) can always be made again from server_rows and the outbox; the outbox cannot.
 */
export const versions: readonly SchemaVersion[] = [
  {
    version: 1,
    stores: {
      meta: 'key',
      server_rows: '[kind+space+id], [kind+id], space',
      check_ins: 'id, [localDate+instant], instant, *feelings, *contexts',
      preferences: 'id, key',
      outbox: 'number, id',
      kept: '[device+number], id, acknowledgedAt',
      needs_look: 'id, refusedAt',
      staging: '++page, pull',
      drafts: 'key',
    },
  },
]
