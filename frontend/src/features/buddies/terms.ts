/** Terms as one of two proposes them, and what sending them would do. Pure. */

import type { Part, Terms } from './agreement_model'
import { least, rank } from './levels'
import { NO_PART, type Standing } from './standing'

/** Code points. */
export const LONGEST_WORRIED = 1_000

/** What the form begins with: what lies on the table, or what holds, or nothing. */
export function termsFrom({ inForce, proposal }: Standing): Terms {
  const from = proposal ?? inForce
  // Nobody is on call who has not said so.
  const part = from === null || from.mine === NO_PART ? { ...NO_PART, notOnCall: true } : from.mine
  return { part, worried: from?.worried ?? '', reviewOn: from?.reviewOn ?? null }
}

/** As it is kept: in order, and hours only where both are said. */
export function tidy({ part, worried, reviewOn }: Terms): Terms {
  const { hoursFrom: from, hoursTo: to } = part
  const hours = from === null || to === null || from === '' || to === ''
  return {
    part: {
      ...part,
      days: [...new Set(part.days)].sort((one, other) => one - other),
      hoursFrom: hours ? null : from,
      hoursTo: hours ? null : to,
    },
    worried: worried.trim(),
    reviewOn: reviewOn === '' ? null : reviewOn,
  }
}

/** Whether these narrow what is shared: that counts at once. */
export function narrows({ inForce }: Standing, { part }: Terms): boolean {
  return inForce !== null && rank(part.shares) < rank(inForce.mine.shares)
}

/** Whether there is anything the other has to say yes to: sharing less alone needs none. */
export function needsYes({ inForce, proposal }: Standing, terms: Terms): boolean {
  if (inForce === null || proposal !== null) return true
  const { part, worried, reviewOn } = terms
  const shares = least(part.shares, inForce.mine.shares)
  return !(
    sameParts(part, { ...inForce.mine, shares }) &&
    worried === inForce.worried &&
    reviewOn === inForce.reviewOn
  )
}

/** Whether two parts say the same. */
export function sameParts(one: Part, other: Part): boolean {
  return (
    one.shares === other.shares &&
    one.days.join() === other.days.join() &&
    one.hoursFrom === other.hoursFrom &&
    one.hoursTo === other.hoursTo &&
    one.notOnCall === other.notOnCall
  )
}

/** The same day so many months later, or the last of that month: "2027-02-28". */
export function monthsAfter(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))).toISOString().slice(0, 10)
}
