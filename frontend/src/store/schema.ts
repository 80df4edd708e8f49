/** Every version of the phone's store, in one place. */

import type { Transaction } from 'dexie'

/** A step of the store: the tables that change with it, and what happens to the rows. */
export interface SchemaVersion {
  /** 1, 2, 3 … */
  version: number
  /** Dexie's notation, only the tables that change: primary key first, `*` many words, `[a+b]` together. */
  stores: Readonly<Record<string, string | null>>
  /** Runs in the transaction of the upgrade. Throwing leaves the old version as it was. */
  upgrade?: (transaction: Transaction) => Promise<void>
}

/**
 * Never change a version that has been released: append one.
 * An upgrade that changes the shape of a view forgets `viewsBuild` in meta: then the views are made again from
 * server_rows and the outbox, which both must come out whole.
 */
export const versions: readonly SchemaVersion[] = [
  {
    version: 1,
    stores: {
      meta: 'key',
      server_rows: '[kind+space+id], [kind+id], space, unread',
      check_ins: 'id, localDate, [localDate+instant], *feelings, *contexts',
      preferences: 'id, key',
      outbox: 'number, id',
      kept: '[device+number], id, acknowledgedAt',
      needs_look: 'id, refusedAt',
      staging: '++page, pull',
      drafts: 'key',
    },
  },
  { version: 2, stores: { reminders: 'id', reminding: 'id' } },
  { version: 3, stores: { buddies: 'id, pair', pair_changes: 'id' } },
  {
    version: 4,
    stores: {
      agreements: 'id, pair',
      agreement_changes: 'id',
      shared_check_ins: 'id, [pair+instant], instant',
      sharing_changes: 'id, pair, checkIn',
      promised: 'id',
    },
  },
  { version: 5, stores: { reach_outs: 'id', asks: 'id', step_back: 'id' } },
  { version: 6, stores: { reports: 'id', missed_check_ins: 'id, pair', hellos: 'id, pair' } },
  {
    version: 7,
    stores: {
      said: 'id, [pair+place], about',
      readings: 'id',
      reading_marks: 'id',
      pair_choices: 'id',
      pair_choice_changes: 'id',
    },
  },
  { version: 8, stores: { strategies: 'id', practices: 'id, strategy, exercise, instant' } },
]
