/** The toolbox as sync knows it. */

import * as v from 'valibot'

import { register, type Mutator, type SyncedKind } from '../../sync/registry'
import { STRATEGY_KINDS, type Practice, type PracticeData, type Strategy, type StrategyData } from './model'

const mood = v.picklist([1, 2, 3, 4, 5])

const strategySchema = v.object({
  title: v.string(),
  kind: v.picklist(STRATEGY_KINDS),
  steps: v.array(v.object({ text: v.string(), seconds: v.nullable(v.number()) })),
  minutes: v.nullable(v.number()),
  moods: v.array(mood),
  feelings: v.array(v.string()),
  contexts: v.array(v.string()),
  places: v.array(v.string()),
  source: v.nullable(v.string()),
})

const practiceSchema = v.object({
  strategy: v.nullable(v.string()),
  exercise: v.nullable(v.string()),
  moodBefore: v.nullable(mood),
  moodAfter: v.nullable(mood),
  again: v.nullable(v.boolean()),
  feelings: v.array(v.string()),
  contexts: v.array(v.string()),
  happenedAt: v.string(),
  zone: v.string(),
})

export type SetStrategyArgs = StrategyData & { id: string }
export type RecordPracticeArgs = PracticeData & { id: string }
export interface DeleteArgs {
  id: string
}

export const strategyKind: SyncedKind<Strategy> = {
  kind: 'strategy',
  table: 'strategies',
  fromServer(id, data) {
    const read = v.safeParse(strategySchema, data)
    return read.success ? { id, ...read.output } : null
  },
}

export const practiceKind: SyncedKind<Practice> = {
  kind: 'practice',
  table: 'practices',
  fromServer(id, data) {
    const read = v.safeParse(practiceSchema, data)
    return read.success ? viewOf(id, read.output) : null
  },
}

function viewOf(id: string, data: PracticeData): Practice {
  return { id, ...data, instant: Date.parse(data.happenedAt) }
}

const set: Mutator<SetStrategyArgs, Strategy> = {
  name: 'strategies.set',
  kind: strategyKind.kind,
  rowOf: ({ id }) => id,
  apply: (_view, args) => args,
}

const remove: Mutator<DeleteArgs, Strategy> = {
  name: 'strategies.delete',
  kind: strategyKind.kind,
  rowOf: ({ id }) => id,
  apply: () => undefined,
}

const record: Mutator<RecordPracticeArgs, Practice> = {
  name: 'practices.record',
  kind: practiceKind.kind,
  rowOf: ({ id }) => id,
  apply: (_view, { id, ...data }) => viewOf(id, data),
}

const forget: Mutator<DeleteArgs, Practice> = {
  name: 'practices.delete',
  kind: practiceKind.kind,
  rowOf: ({ id }) => id,
  apply: () => undefined,
}

register(strategyKind, [set, remove])
register(practiceKind, [record, forget])
