/** What a check-in may be. The server holds the same rules; here they are said before anything is lost. */

import { isZone } from './local_time'
import { OWN_WORD, type CheckInData, type Word } from './model'

/** In code points: what a person would call characters, mostly. */
export const LONGEST_NOTE = 4_000
export const LONGEST_WORD = 64
/** Of feelings, and of contexts. */
export const MOST_WORDS = 30
/** A time a little ahead of the clock is no lie. Milliseconds. */
export const AHEAD = 5 * 60_000

/** The server's own codes. */
export type CheckInProblem =
  | 'mood-out-of-range'
  | 'energy-out-of-range'
  | 'note-too-long'
  | 'too-many-words'
  | 'word-too-long'
  | 'in-the-future'
  | 'too-long-ago'
  | 'unknown-zone'
  | 'invalid'

/** A check-in that cannot be taken; `problems` are what the screen should have said before. */
export class NotACheckIn extends Error {
  constructor(readonly problems: CheckInProblem[]) {
    super(problems.join(', '))
  }
}

/** How long it is, in code points. */
export function lengthOf(text: string): number {
  let length = 0
  for (const _character of text) length += 1
  return length
}

/** Everything that is wrong with what is given, at `now` (milliseconds of this phone's clock). */
export function problemsOf(data: Partial<CheckInData>, now: number): CheckInProblem[] {
  const problems = new Set<CheckInProblem>()
  const { mood, feelings = [], contexts = [], happenedAt, zone } = data
  const energy = data.energy ?? null
  const note = data.note ?? null
  if (mood !== undefined && !isStep(mood, 5)) problems.add('mood-out-of-range')
  if (energy !== null && !isStep(energy, 3)) problems.add('energy-out-of-range')
  if (note !== null && lengthOf(note) > LONGEST_NOTE) problems.add('note-too-long')
  for (const words of [feelings, contexts]) {
    if (words.length > MOST_WORDS) problems.add('too-many-words')
    if (words.some((word) => lengthOf(word) > LONGEST_WORD)) problems.add('word-too-long')
    if (words.some((word) => (textOfOwn(word) ?? word).trim() === '')) problems.add('invalid')
  }
  if (zone !== undefined && !isZone(zone)) problems.add('unknown-zone')
  if (happenedAt !== undefined) {
    const instant = Date.parse(happenedAt)
    if (Number.isNaN(instant)) problems.add('invalid')
    if (instant > now + AHEAD) problems.add('in-the-future')
    if (happenedAt < '1900') problems.add('too-long-ago')
  }
  return [...problems]
}

function isStep(value: number, most: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= most
}

/** Somebody's own word as it is kept; null where nothing is left of it. */
export function ownWord(text: string): Word | null {
  const word = text.normalize('NFC').trim().replace(/\s+/g, ' ')
  return word === '' ? null : OWN_WORD + word
}

/** The text of somebody's own word; null where it is one of ours. */
export function textOfOwn(word: Word): string | null {
  return word.startsWith(OWN_WORD) ? word.slice(OWN_WORD.length) : null
}
