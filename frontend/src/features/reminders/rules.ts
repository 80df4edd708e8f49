/** What a reminder may be, and when it comes next. The server holds the same rules and does the reminding. */

import { dateIn, instantOfClock, isZone, localTimeOf, onClock } from '../check_ins/local_time'
import { lengthOf } from '../check_ins/rules'
import type { Reminder, ReminderData, Reminding } from './model'

/** In code points. */
export const LONGEST_LABEL = 60
export const MOST_TIMES = 8
export const MOST_REMINDERS = 50
/** What "not if I checked in within … hours" offers. */
export const SKIP_HOURS = [1, 2, 3, 4, 6, 8, 12, 24] as const
export const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7] as const

export type ReminderProblem =
  'label-too-long' | 'no-times' | 'too-many-times' | 'no-weekdays' | 'unknown-zone'

/** As it is kept: nothing twice, everything in order, no space around the label. */
export function tidy<T extends ReminderData>(data: T): T {
  return {
    ...data,
    label: data.label.trim(),
    times: [...new Set(data.times.filter((time) => time !== ''))].sort(),
    weekdays: [...new Set(data.weekdays)].sort((one, other) => one - other),
  }
}

/** Everything that is wrong with it once it is tidy. */
export function problemsOf({ label, times, weekdays, zone }: ReminderData): ReminderProblem[] {
  const problems: ReminderProblem[] = []
  if (lengthOf(label) > LONGEST_LABEL) problems.push('label-too-long')
  if (times.length === 0) problems.push('no-times')
  if (times.length > MOST_TIMES) problems.push('too-many-times')
  if (weekdays.length === 0) problems.push('no-weekdays')
  if (zone !== null && !isZone(zone)) problems.push('unknown-zone')
  return problems
}

/** 1 Monday … 7 Sunday of a local date ("2026-11-22"). */
export function weekdayNumber(date: string): number {
  return ((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7) + 1
}

/** The local date so many days later. */
export function daysAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 24 * 3_600_000).toISOString().slice(0, 10)
}

/** Whether nothing comes on this local date. */
export function isPausedOn(date: string, { pausedUntil }: Pick<Reminding, 'pausedUntil'>): boolean {
  return pausedUntil !== null && date < pausedUntil
}

/** Whether the clock shows a quiet hour at `time` ("23:30"): from the one up to, and not at, the other. */
export function isQuietAt(
  time: string,
  { quietFrom, quietTo }: Pick<Reminding, 'quietFrom' | 'quietTo'>,
): boolean {
  if (quietFrom === null || quietTo === null || quietFrom === quietTo) return false
  if (quietFrom < quietTo) return time >= quietFrom && time < quietTo
  return time >= quietFrom || time < quietTo
}

/** A time on a clock. */
export interface Occurrence {
  /** "2026-11-22" */
  date: string
  /** "08:00" */
  time: string
  /** Milliseconds UTC. */
  instant: number
}

/** A week, and a day more for a date that the zone has left out. */
const SEARCHED_DAYS = 8

/** The next time of one reminder after `now`, as its clock will show it; null: none is to come. */
export function nextOf(
  reminder: Pick<Reminder, 'times' | 'weekdays' | 'zone' | 'on'>,
  reminding: Pick<Reminding, 'zone' | 'pausedUntil'>,
  now: number,
): Occurrence | null {
  const zone = reminder.zone ?? reminding.zone
  if (!reminder.on || !isZone(zone)) return null
  const today = dateIn(zone, now)
  const { pausedUntil } = reminding
  const first = pausedUntil !== null && pausedUntil > today ? pausedUntil : today
  for (let days = 0; days <= SEARCHED_DAYS; days += 1) {
    const date = daysAfter(first, days)
    if (!reminder.weekdays.includes(weekdayNumber(date))) continue
    for (const time of reminder.times) {
      const instant = instantOfClock(date, time, zone)
      const shown = onClock(instant, zone)
      // A date that the zone has left out has no times.
      if (instant > now && shown.startsWith(date)) return { date, time: localTimeOf(shown), instant }
    }
  }
  return null
}
