/** Agreements and shared check-ins as sync knows them. */

import * as v from 'valibot'

import { register, type Mutator, type SyncedKind } from '../../sync/registry'
import { instantOf } from '../check_ins/local_time'
import type { Agreement, AgreementChange, SharedCheckIn, SharingChange, Terms } from './agreement_model'
import { LEVELS, least, type Level } from './levels'

const time = v.nullable(v.pipe(v.string(), v.regex(/^\d\d:\d\d$/)))

const partSchema = v.object({
  shares: v.picklist(LEVELS),
  days: v.array(v.picklist([1, 2, 3, 4, 5, 6, 7])),
  hoursFrom: time,
  hoursTo: time,
  notOnCall: v.boolean(),
})

const agreementSchema = v.object({
  state: v.picklist(['in-force', 'proposed']),
  proposedBy: v.string(),
  parts: v.record(v.string(), partSchema),
  worried: v.string(),
  reviewOn: v.nullable(v.string()),
})

const sharedSchema = v.object({
  sharedBy: v.string(),
  mood: v.nullable(v.picklist([1, 2, 3, 4, 5])),
  feelings: v.array(v.string()),
  note: v.nullable(v.string()),
  happenedAt: v.pipe(
    v.string(),
    v.check((text) => !Number.isNaN(instantOf(text))),
  ),
  zone: v.string(),
  level: v.nullish(v.picklist(LEVELS)),
})

export interface OfProposalArgs {
  /** The pair's space. */
  pair: string
  id: string
}
export interface ProposeArgs extends OfProposalArgs {
  /** The other's proposal that it is put in the place of. */
  answers: string | null
  terms: Terms
}
export interface NarrowArgs {
  pair: string
  level: Level
}
export interface TakeBackArgs {
  pair: string
  /** The check-in. */
  id: string
}
export interface ShareArgs extends TakeBackArgs {
  level: Level
}

export const agreementKind: SyncedKind<Agreement> = {
  kind: 'agreement',
  table: 'agreements',
  fromServer(id, data, pair) {
    const read = v.safeParse(agreementSchema, data)
    return read.success ? { id, pair, ...read.output } : null
  },
}

export const sharedCheckInKind: SyncedKind<SharedCheckIn> = {
  kind: 'shared_check_in',
  table: 'shared_check_ins',
  fromServer(id, data, pair) {
    const read = v.safeParse(sharedSchema, data)
    if (!read.success) return null
    const { level, ...shown } = read.output
    return { id, pair, ...shown, level: level ?? seenIn(shown), instant: instantOf(shown.happenedAt) }
  },
}

/** Never comes from the server: what was said here about a pair's agreement, until the server has dealt with it. */
export const agreementChangeKind: SyncedKind<AgreementChange> = {
  kind: 'agreement_change',
  table: 'agreement_changes',
  fromServer: () => null,
}

/** Never comes from the server either: which of the pair's rows a share makes, or changes, is the server's to say. */
export const sharingChangeKind: SyncedKind<SharingChange> = {
  kind: 'sharing_change',
  table: 'sharing_changes',
  fromServer: () => null,
}

/** What of it is there to be seen. */
function seenIn({ mood, feelings, note }: Pick<SharedCheckIn, 'mood' | 'feelings' | 'note'>): Level {
  if (note !== null) return 'note'
  if (feelings.length > 0) return 'feelings'
  return mood === null ? 'checked-in' : 'weather'
}

function aboutAgreement<Args extends { pair: string }>(
  name: string,
  change: (before: AgreementChange, args: Args) => Partial<AgreementChange>,
): Mutator<Args, AgreementChange> {
  return {
    name,
    kind: agreementChangeKind.kind,
    rowOf: ({ pair }) => pair,
    apply(view, args) {
      const before = view ?? { id: args.pair, proposal: null, narrowed: null, yes: null, no: [] }
      return { ...before, ...change(before, args) }
    },
  }
}

const propose = aboutAgreement<ProposeArgs>('agreements.propose', (_, { id, answers, terms }) => ({
  proposal: { id, answers, terms },
}))

const narrow = aboutAgreement<NarrowArgs>('agreements.narrow', ({ narrowed }, { level }) => ({
  narrowed: narrowed === null ? level : least(narrowed, level),
}))

const accept = aboutAgreement<OfProposalArgs>('agreements.accept', (_, { id }) => ({ yes: id }))

const decline = aboutAgreement<OfProposalArgs>('agreements.decline', ({ proposal, no }, { id }) => ({
  proposal: proposal?.id === id ? null : proposal,
  no: [...no, id],
}))

function aboutSharing<Args extends TakeBackArgs>(
  name: string,
  levelIn: (args: Args) => Level,
): Mutator<Args, SharingChange> {
  const rowOf = ({ pair, id }: Args): string => `${pair} ${id}`
  return {
    name,
    kind: sharingChangeKind.kind,
    wordless: true,
    rowOf,
    apply: (_, args) => ({ id: rowOf(args), pair: args.pair, checkIn: args.id, level: levelIn(args) }),
  }
}

const share = aboutSharing<ShareArgs>('shared_check_ins.share', ({ level }) => level)
const takeBack = aboutSharing<TakeBackArgs>('shared_check_ins.take_back', () => 'nothing')

register(agreementKind, [])
register(sharedCheckInKind, [])
const wordless = true
register(agreementChangeKind, [
  propose,
  { ...narrow, wordless },
  { ...accept, wordless },
  { ...decline, wordless },
])
register(sharingChangeKind, [share, takeBack])
