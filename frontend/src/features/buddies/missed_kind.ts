/** What is said to a buddy when there is no check-in for a while, as sync knows it. */

import * as v from 'valibot'

import { register, type Mutator, type SyncedKind } from '../../sync/registry'

/** After how long a buddy is asked to say hello, and in which words: one's own, for one pair. */
export interface MissedCheckIn {
  /** Who one is in the pair. */
  id: string
  /** The pair's space. */
  pair: string
  on: boolean
  afterHours: number
  words: string
}

/** There was no check-in for as long as its writer had said. */
export interface Hello {
  /** Who wrote it, as their row in the pair. */
  id: string
  pair: string
  words: string
  /** ISO. */
  at: string
}

const wishSchema = v.object({ pair: v.string(), on: v.boolean(), afterHours: v.number(), words: v.string() })
const helloSchema = v.object({ by: v.string(), words: v.string(), at: v.string() })

export const missedKind: SyncedKind<MissedCheckIn> = {
  kind: 'missed_check_in',
  table: 'missed_check_ins',
  fromServer(id, data) {
    const read = v.safeParse(wishSchema, data)
    return read.success ? { id, ...read.output } : null
  },
}

export const helloKind: SyncedKind<Hello> = {
  kind: 'hello',
  table: 'hellos',
  fromServer(id, data, pair) {
    const read = v.safeParse(helloSchema, data)
    return read.success ? { id, pair, words: read.output.words, at: read.output.at } : null
  },
}

const set: Mutator<MissedCheckIn, MissedCheckIn> = {
  name: 'missed_check_ins.set',
  kind: missedKind.kind,
  rowOf: ({ id }) => id,
  apply: (_view, args) => args,
}

register(missedKind, [set])
register(helloKind, [])
