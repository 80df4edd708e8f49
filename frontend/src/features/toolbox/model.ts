/** What helps a member, and what became of trying it. */

import type { Mood, Word } from '../check_ins/model'

export const STRATEGY_KINDS = [
  'breathe',
  'ground',
  'move',
  'reach-out',
  'make',
  'rest',
  'think-through',
  'other',
] as const
export type StrategyKind = (typeof STRATEGY_KINDS)[number]

/** One thing to do; `seconds`: for how long, where a timer helps. */
export interface Step {
  text: string
  seconds: number | null
}

/** What is written down and synced. */
export interface StrategyData {
  title: string
  kind: StrategyKind
  steps: Step[]
  /** How long it takes, 1–240; null: left open. */
  minutes: number | null
  /** When it suits: inner weathers, sorted, each once; none: any. */
  moods: Mood[]
  feelings: Word[]
  contexts: Word[]
  places: Word[]
  /** What it was made from: "template:cold-water"; null: nothing. */
  source: string | null
}

export interface Strategy extends StrategyData {
  id: string
}

/** One try, of a strategy or of a built-in exercise: one of both is null. */
export interface PracticeData {
  strategy: string | null
  exercise: string | null
  /** Skipped: null. */
  moodBefore: Mood | null
  moodAfter: Mood | null
  /** Would do it again; null: not said. */
  again: boolean | null
  /** Those of the moment that it was for. */
  feelings: Word[]
  contexts: Word[]
  /** What the clock showed there, with its offset. */
  happenedAt: string
  zone: string
}

export interface Practice extends PracticeData {
  id: string
  /** Milliseconds since 1970, for sorting. */
  instant: number
}
