/** What holds for reaching out, and how one stands. Pure. */

import type { Pair } from './model'
import {
  MINUTES,
  type Ask,
  type Minutes,
  type ReachOut,
  type ReachOutPart,
  type Wished,
  type WishedLast,
} from './reach_out_model'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** What was wanted longer ago than this reaches nobody by itself any more. Milliseconds. */
export const FRESH_FOR = 10 * MINUTE

/** Nothing is left of an ask after this, on the server either. Milliseconds. */
export const REMEMBERED = 24 * HOUR

/** Whether it is still what somebody wants; also where the clock was set back meanwhile. */
export function isFresh(begunAt: number, now: number): boolean {
  return Math.abs(now - begunAt) <= FRESH_FOR
}

/** How it stands with one who is to be asked. */
export type Line =
  | { is: 'next' | 'unreachable'; pair: Pair }
  /** `at`: milliseconds. `passed`: it went on. */
  | { is: 'asked'; pair: Pair; at: number; passed: boolean }
  | { is: 'can' | 'later' | 'cant'; pair: Pair }

/** How a reach-out stands, as far as this phone knows. */
export type Standing =
  /** `sending`: the network may be there. */
  | { is: 'unsent'; fresh: boolean; wished: Wished }
  | { is: 'refused'; reason: string; wished: Wished }
  | { is: 'asking' | 'found' | 'later' | 'nobody' | 'unreachable'; lines: Line[]; wished: Wished }

/** Put together from what was wanted here, the row of the journal and the asks of the pairs. */
export function standingOf(
  wished: Wished,
  row: ReachOut | undefined,
  asks: readonly Ask[],
  pairs: readonly Pair[],
  now: number,
): Standing | null {
  if (row === undefined && wished.state === 'unsent') {
    return { is: 'unsent', fresh: isFresh(wished.begunAt, now), wished }
  }
  if (row === undefined && wished.state === 'refused') {
    return { is: 'refused', reason: wished.reason ?? 'failed', wished }
  }
  const { state, parts } = row ?? wished.told ?? { state: 'open' as const, parts: [] }
  if (state === 'ended') return null
  const lines = parts.flatMap((part) => lineOf(part, row, asks, pairs, wished.begunAt, state === 'open'))
  // Who can comes with the journal.
  const sum = row === undefined && state === 'found' ? 'open' : state
  return { is: sumOf(sum, lines), lines, wished }
}

function sumOf(
  state: 'open' | 'found' | 'nobody',
  lines: readonly Line[],
): Exclude<Standing['is'], 'unsent' | 'refused'> {
  // Whoever could may be no buddy any more.
  if (lines.some(({ is }) => is === 'can')) return 'found'
  if (state === 'open') return 'asking'
  if (lines.some(({ is }) => is === 'later')) return 'later'
  return lines.every(({ is }) => is === 'unreachable' || is === 'next') ? 'unreachable' : 'nobody'
}

function lineOf(
  part: ReachOutPart,
  row: ReachOut | undefined,
  asks: readonly Ask[],
  pairs: readonly Pair[],
  begunAt: number,
  goesOn: boolean,
): Line[] {
  const pair = pairs.find(({ id }) => id === part.pair)
  // It has ended meanwhile.
  if (pair === undefined) return []
  if (part.state === 'unreachable') return [{ is: 'unreachable', pair }]
  if (part.state === 'waiting') return goesOn ? [{ is: 'next', pair }] : []
  const ask = askOf(asks, pair, row)
  if (ask?.answer) return [{ is: ask.answer, pair }]
  return [{ is: 'asked', pair, at: ask?.askedAt ?? row?.begunAt ?? begunAt, passed: ask?.state === 'passed' }]
}

/** The ask of this reach-out: the latest that this member has made there since it began, by the server's clock. */
function askOf(asks: readonly Ask[], { id, me }: Pair, row: ReachOut | undefined): Ask | undefined {
  if (row === undefined) return undefined
  return asks
    .filter((ask) => ask.pair === id && ask.by === me.id && ask.askedAt >= row.begunAt)
    .sort((one, other) => other.askedAt - one.askedAt)[0]
}

/** What buddies ask of this member, the latest first; what is needed no longer stays for an hour. */
export function asksOfMine(
  asks: readonly Ask[],
  pairs: readonly Pair[],
  now: number,
): { ask: Ask; pair: Pair }[] {
  return asks
    .flatMap((ask) => {
      const pair = pairs.find(({ id }) => id === ask.pair)
      if (pair === undefined || ask.by === pair.me.id) return []
      const lasts = ask.state === 'ended' ? HOUR : REMEMBERED
      return now - ask.askedAt < lasts ? [{ ask, pair }] : []
    })
    .sort((one, other) => other.ask.askedAt - one.ask.askedAt)
}

/**
 * What was chosen last, with pairs that are new since at the end and without those that have gone. Where only those are
 * left that were not to be asked, they are.
 */
export function choiceOf(last: WishedLast | undefined, pairs: readonly Pair[]): WishedLast {
  const ids = pairs.map(({ id }) => id)
  const known = last?.order.filter((id) => ids.includes(id)) ?? []
  const not = last?.not.filter((id) => ids.includes(id)) ?? []
  return {
    want: last?.want ?? 'sit',
    minutes: last?.minutes ?? 5,
    order: [...known, ...ids.filter((id) => !known.includes(id))],
    not: not.length < ids.length ? not : [],
  }
}

/** Who is asked, in which order. */
export function askedBy({ order, not }: WishedLast): string[] {
  return order.filter((id) => !not.includes(id))
}

/** Whole minutes since then; 0 where the clocks do not agree. */
export function minutesSince(at: number, now: number): number {
  return Math.max(0, Math.floor((now - at) / MINUTE))
}

/** The morning of tomorrow, at nine on this phone's clock; in the small hours that of today. */
export function nextMorning(now: Date): number {
  const morning = new Date(now)
  if (now.getHours() >= 5) morning.setDate(morning.getDate() + 1)
  morning.setHours(9, 0, 0, 0)
  return morning.getTime()
}

export const isMinutes = (value: number): value is Minutes => (MINUTES as readonly number[]).includes(value)
