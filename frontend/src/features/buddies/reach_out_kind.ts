/** Reaching out as sync knows it: how one's own stands, what one is asked, and stepping back. */

import * as v from 'valibot'

import { register, type Mutator, type SyncedKind } from '../../sync/registry'
import { WANTS, type Ask, type AskAnswer, type ReachOut, type StepBack } from './reach_out_model'

/** The server makes the same id, so that two phones mean the same row: a UUIDv5 of "step_back". */
export const STEP_BACK_ID = '100ac477-6f4f-5225-b58f-a3cf2bc8e49f'

const instant = v.pipe(
  v.string(),
  v.transform((text) => Date.parse(text)),
  v.number(),
)

const reachOutSchema = v.object({
  want: v.picklist(WANTS),
  minutes: v.number(),
  begunAt: instant,
  state: v.picklist(['open', 'found', 'nobody', 'ended']),
  parts: v.array(v.object({ pair: v.string(), state: v.picklist(['waiting', 'asked', 'unreachable']) })),
})

const askSchema = v.object({
  by: v.string(),
  want: v.picklist(WANTS),
  askedAt: instant,
  state: v.picklist(['open', 'passed', 'ended']),
  answer: v.nullable(v.picklist(['can', 'cant', 'later'])),
})

const stepBackSchema = v.object({ until: v.nullable(instant) })

export interface AnswerArgs {
  /** The pair's space. */
  pair: string
  id: string
  answer: AskAnswer
}

export interface StepBackArgs {
  /** ISO; null: until they say. */
  until: string | null
}

export const reachOutKind: SyncedKind<ReachOut> = {
  kind: 'reach_out',
  table: 'reach_outs',
  fromServer(id, data) {
    const read = v.safeParse(reachOutSchema, data)
    return read.success ? { id, ...read.output } : null
  },
}

export const askKind: SyncedKind<Ask> = {
  kind: 'ask',
  table: 'asks',
  fromServer(id, data, pair) {
    const read = v.safeParse(askSchema, data)
    return read.success ? { id, pair, ...read.output } : null
  },
}

export const stepBackKind: SyncedKind<StepBack> = {
  kind: 'step_back',
  table: 'step_back',
  fromServer(id, data) {
    const read = v.safeParse(stepBackSchema, data)
    return read.success ? { id, ...read.output } : null
  },
}

const answer: Mutator<AnswerArgs, Ask> = {
  name: 'asks.answer',
  kind: askKind.kind,
  rowOf: ({ id }) => id,
  // Who said "I can" is relied on.
  apply: (ask, { answer: said }) => ask && { ...ask, answer: ask.answer === 'can' ? 'can' : said },
}

const setStepBack: Mutator<StepBackArgs, StepBack> = {
  name: 'step_back.set',
  kind: stepBackKind.kind,
  rowOf: () => STEP_BACK_ID,
  apply: (_view, { until }) => ({ id: STEP_BACK_ID, until: until === null ? null : Date.parse(until) }),
}

const endStepBack: Mutator<unknown, StepBack> = {
  name: 'step_back.end',
  kind: stepBackKind.kind,
  rowOf: () => STEP_BACK_ID,
  apply: () => undefined,
}

register(reachOutKind, [])
register(askKind, [answer])
register(stepBackKind, [setStepBack, endStepBack])
