/** What two say to each other as sync knows it. Signals and messages are one conversation, and lie in one table. */

import * as v from 'valibot'

import { register, type Mutator, type SyncedKind } from '../../sync/registry'
import type { PairArgs } from './kind'
import {
  SIGNALS,
  type Choices,
  type PairChoice,
  type PairChoiceChange,
  type Reading,
  type ReadingMark,
  type Said,
  type SaidMessage,
  type SaidSignal,
  type Signal,
} from './talk_model'
import { madeAt, placeOf, placeOfWaiting } from './talk_rules'

export interface SendSignalArgs extends PairArgs {
  id: string
  signal: Signal
  about: string | null
}

export interface SendMessageArgs extends PairArgs {
  id: string
  text: string
}

export interface OfMessageArgs extends PairArgs {
  id: string
}

export interface MarkArgs extends PairArgs {
  received: number
  seen: number | null
}

export type ChooseArgs = PairArgs & Partial<Choices>

const instant = v.pipe(v.string(), v.isoTimestamp(), v.transform(Date.parse))

const signalSchema = v.object({
  by: v.string(),
  signal: v.picklist(SIGNALS),
  about: v.nullable(v.string()),
  sentAt: instant,
})
const messageSchema = v.object({ by: v.string(), text: v.string(), sentAt: instant })
const readingSchema = v.object({ received: v.number(), seen: v.nullable(v.number()) })
const choiceSchema = v.object({
  pair: v.string(),
  messages: v.boolean(),
  signals: v.boolean(),
  sharedCheckIns: v.boolean(),
  asks: v.boolean(),
  // A server of before knows no such choice.
  agreements: v.optional(v.boolean(), true),
  nameOnLockScreen: v.boolean(),
  showSeen: v.boolean(),
})

export const signalKind: SyncedKind<SaidSignal> = {
  kind: 'signal',
  table: 'said',
  fromServer(id, data, pair, version = 0) {
    const read = v.safeParse(signalSchema, data)
    if (!read.success) return null
    const { by, signal, about, sentAt } = read.output
    return { what: 'signal', id, pair, by, version, place: placeOf(version), at: sentAt, signal, about }
  },
}

export const messageKind: SyncedKind<SaidMessage> = {
  kind: 'message',
  table: 'said',
  fromServer(id, data, pair, version = 0) {
    const read = v.safeParse(messageSchema, data)
    if (!read.success) return null
    const { by, text, sentAt } = read.output
    return { what: 'message', id, pair, by, version, place: placeOf(version), at: sentAt, text }
  },
}

export const readingKind: SyncedKind<Reading> = {
  kind: 'reading',
  table: 'readings',
  fromServer(id, data, pair) {
    const read = v.safeParse(readingSchema, data)
    return read.success ? { id, pair, ...read.output } : null
  },
}

/** Never comes from the server: how far this phone has got it, until the server has dealt with that. */
export const readingMarkKind: SyncedKind<ReadingMark> = {
  kind: 'reading_mark',
  table: 'reading_marks',
  fromServer: () => null,
}

export const pairChoiceKind: SyncedKind<PairChoice> = {
  kind: 'pair_choice',
  table: 'pair_choices',
  fromServer(id, data) {
    const read = v.safeParse(choiceSchema, data)
    return read.success ? { id, ...read.output } : null
  },
}

/** Never comes from the server: what was chosen here, until the server has dealt with it. */
export const pairChoiceChangeKind: SyncedKind<PairChoiceChange> = {
  kind: 'pair_choice_change',
  table: 'pair_choice_changes',
  fromServer: () => null,
}

function waiting<W extends Said['what']>(what: W, { id, pair }: { id: string; pair: string }) {
  return { what, id, pair, by: null, version: null, place: placeOfWaiting(id), at: madeAt(id) }
}

const sendSignal: Mutator<SendSignalArgs, SaidSignal> = {
  name: 'signals.send',
  kind: signalKind.kind,
  wordless: true,
  rowOf: ({ id }) => id,
  apply: (view, args) => view ?? { ...waiting('signal', args), signal: args.signal, about: args.about },
}

const sendMessage: Mutator<SendMessageArgs, SaidMessage> = {
  name: 'messages.send',
  kind: messageKind.kind,
  rowOf: ({ id }) => id,
  apply: (view, args) => view ?? { ...waiting('message', args), text: args.text },
}

const deleteMessage: Mutator<OfMessageArgs, SaidMessage> = {
  name: 'messages.delete',
  kind: messageKind.kind,
  wordless: true,
  rowOf: ({ id }) => id,
  apply: () => undefined,
}

const mark: Mutator<MarkArgs, ReadingMark> = {
  name: 'messages.mark',
  kind: readingMarkKind.kind,
  wordless: true,
  rowOf: ({ pair }) => pair,
  apply: (view, { pair, received, seen }) => ({
    id: pair,
    received: Math.max(received, view?.received ?? 0),
    seen: seen === null ? (view?.seen ?? null) : Math.max(seen, view?.seen ?? 0),
  }),
}

const choose: Mutator<ChooseArgs, PairChoiceChange> = {
  name: 'pair_choices.set',
  kind: pairChoiceChangeKind.kind,
  wordless: true,
  rowOf: ({ pair }) => pair,
  apply: (view, { pair, ...chosen }) => ({ ...view, ...chosen, id: pair }),
}

register(signalKind, [sendSignal])
register(messageKind, [sendMessage, deleteMessage])
register(readingKind, [])
register(readingMarkKind, [mark])
register(pairChoiceKind, [])
register(pairChoiceChangeKind, [choose])
