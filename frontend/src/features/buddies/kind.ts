/** Buddies as sync knows them: a row for each of the two of a pair. */

import * as v from 'valibot'

import { register, type Mutator, type SyncedKind } from '../../sync/registry'
import type { Buddy, PairChange } from './model'

const buddySchema = v.object({ name: v.string() })

export interface PairArgs {
  /** The pair's space. */
  pair: string
}

export interface RenameArgs extends PairArgs {
  name: string
}

export const buddyKind: SyncedKind<Buddy> = {
  kind: 'buddy',
  table: 'buddies',
  fromServer(id, data, pair) {
    const read = v.safeParse(buddySchema, data)
    return read.success ? { id, pair, name: read.output.name } : null
  },
}

/**
 * Never comes from the server. A change to a pair as a whole is about no single row that its arguments name: what
 * waits is a row here, by the pair, which goes when the server has dealt with it.
 */
export const pairChangeKind: SyncedKind<PairChange> = {
  kind: 'pair_change',
  table: 'pair_changes',
  fromServer: () => null,
}

const rename: Mutator<RenameArgs, PairChange> = {
  name: 'pairs.rename',
  kind: pairChangeKind.kind,
  wordless: true,
  rowOf: ({ pair }) => pair,
  apply: (view, { pair, name }) => ({ ...view, id: pair, name }),
}

const parting = (name: string): Mutator<PairArgs, PairChange> => ({
  name,
  kind: pairChangeKind.kind,
  wordless: true,
  rowOf: ({ pair }) => pair,
  apply: (view, { pair }) => ({ ...view, id: pair, over: true }),
})

register(buddyKind, [])
register(pairChangeKind, [rename, parting('pairs.end'), parting('pairs.block')])
