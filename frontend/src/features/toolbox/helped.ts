/** What helped, from a member's own practices alone: an order to try things in, never a promise. */

import type { Mood, Word } from '../check_ins/model'
import type { Practice } from './model'

/** The moment that something is looked for. */
export interface Moment {
  mood: Mood
  contexts: readonly Word[]
}

/** What a strategy or an exercise came to in moments like this one. */
export interface Tally {
  /** How often it was tried, and something was said of it. */
  tries: number
  /** How often it helped. */
  helped: number
  /** Between 0 and 1: how often it helps at least, with so few tries to go by. */
  atLeast: number
}

/**
 * Whether a try helped: what was said of doing it again counts, and otherwise whether the weather cleared or worsened.
 * Null: nothing was said, or nothing changed.
 */
export function didHelp({ again, moodBefore, moodAfter }: Practice): boolean | null {
  if (again !== null) return again
  if (moodBefore === null || moodAfter === null || moodBefore === moodAfter) return null
  return moodAfter > moodBefore
}

/** Rough, middling or good weather: moments of the same sort are alike. */
const sortOf = (mood: Mood): 'rough' | 'middling' | 'good' =>
  mood <= 2 ? 'rough' : mood === 3 ? 'middling' : 'good'

/** Whether a try was made in a moment like this: the same sort of weather and, where both say any, a context in common. */
export function isAlike({ moodBefore, contexts }: Practice, moment: Moment): boolean {
  if (moodBefore === null || sortOf(moodBefore) !== sortOf(moment.mood)) return false
  if (contexts.length === 0 || moment.contexts.length === 0) return true
  return contexts.some((word) => moment.contexts.includes(word))
}

/** What these tries come to. */
export function tally(practices: readonly Practice[]): Tally {
  const said = practices.map(didHelp).filter((one) => one !== null)
  const helped = said.filter(Boolean).length
  return { tries: said.length, helped, atLeast: atLeast(helped, said.length) }
}

/** One-sided 90 %. */
const Z = 1.2815515655446008

/**
 * The lower end of Wilson's score interval for a share of `helped` in `tries`, between 0 and 1; 0 with no tries. One
 * lucky try does not outrank nine of ten.
 * Source: E. B. Wilson, Probable Inference, the Law of Succession, and Statistical Inference, JASA 22 (1927), 209–212.
 */
export function atLeast(helped: number, tries: number): number {
  if (tries === 0) return 0
  const share = helped / tries
  const spread = Z * Math.sqrt((share * (1 - share)) / tries + (Z * Z) / (4 * tries * tries))
  return Math.max(0, (share + (Z * Z) / (2 * tries) - spread) / (1 + (Z * Z) / tries))
}

/** What was tried: the key of a strategy or of an exercise. */
export const keyOf = ({ strategy, exercise }: Pick<Practice, 'strategy' | 'exercise'>): string =>
  strategy === null ? `exercise:${String(exercise)}` : `strategy:${strategy}`

/** The same, apart: which sort it is, and its id or name. */
export function partsOf(key: string): ['strategy' | 'exercise', string] {
  const [sort, ...id] = key.split(':')
  return [sort === 'exercise' ? 'exercise' : 'strategy', id.join(':')]
}

/** What helped in moments like this one, the surest first; nothing that never helped. */
export function whatHelped(practices: readonly Practice[], moment: Moment): (Tally & { key: string })[] {
  const alike = new Map<string, Practice[]>()
  for (const practice of practices) {
    if (!isAlike(practice, moment)) continue
    const key = keyOf(practice)
    alike.set(key, [...(alike.get(key) ?? []), practice])
  }
  return [...alike]
    .map(([key, tries]) => ({ key, ...tally(tries) }))
    .filter(({ helped }) => helped > 0)
    .sort(
      (one, other) =>
        other.atLeast - one.atLeast || other.tries - one.tries || (one.key < other.key ? -1 : 1),
    )
}
