/** What a strategy may be. The server holds the same rules; here they are said before anything is lost. */

import { lengthOf, LONGEST_WORD, ownWord } from '../check_ins/rules'
import type { Word } from '../check_ins/model'
import type { Step, StrategyData } from './model'

/** In code points. */
export const LONGEST_TITLE = 80
export const LONGEST_STEP = 500
export const MOST_STEPS = 30
export const LONGEST_STEP_SECONDS = 3_600
export const LONGEST_MINUTES = 240
export const MOST_STRATEGIES = 500

export const PLACES = [
  'in-bed',
  'at-home',
  'outside',
  'on-the-way',
  'at-work',
  'among-people',
  'anywhere',
] as const

export type StrategyProblem =
  | 'title-missing'
  | 'title-too-long'
  | 'step-too-long'
  | 'too-many-steps'
  | 'minutes-out-of-range'
  | 'seconds-out-of-range'

/** As it is kept: no empty steps, no space around what was typed, each weather once and in order. */
export function tidy(data: StrategyData): StrategyData {
  return {
    ...data,
    title: data.title.trim().replace(/\s+/gu, ' '),
    steps: data.steps.map((step) => ({ ...step, text: step.text.trim() })).filter(({ text }) => text !== ''),
    moods: [...new Set(data.moods)].sort((one, other) => one - other),
  }
}

/** Everything that is wrong with it once it is tidy. */
export function problemsOf({ title, steps, minutes }: StrategyData): StrategyProblem[] {
  const problems: StrategyProblem[] = []
  if (title === '') problems.push('title-missing')
  if (lengthOf(title) > LONGEST_TITLE) problems.push('title-too-long')
  if (steps.length > MOST_STEPS) problems.push('too-many-steps')
  if (steps.some(({ text }) => lengthOf(text) > LONGEST_STEP)) problems.push('step-too-long')
  if (steps.some(({ seconds }) => seconds !== null && !within(seconds, LONGEST_STEP_SECONDS))) {
    problems.push('seconds-out-of-range')
  }
  if (minutes !== null && !within(minutes, LONGEST_MINUTES)) problems.push('minutes-out-of-range')
  return problems
}

const within = (value: number, most: number): boolean =>
  Number.isInteger(value) && value >= 1 && value <= most

/** A word of one's own, as it is kept; null where it is none or too long. */
export function ownPlace(typed: string): Word | null {
  const word = ownWord(typed)
  return word === null || lengthOf(word) > LONGEST_WORD ? null : word
}

/** The steps with one of them moved by `by` places; as they were where that leads out of the list. */
export function moved(steps: readonly Step[], at: number, by: -1 | 1): Step[] {
  const next = [...steps]
  const [step] = next.splice(at, 1)
  const to = at + by
  if (step === undefined || to < 0 || to > next.length) return [...steps]
  next.splice(to, 0, step)
  return next
}
