/** Reminders put into words: days, times, places. */

import type { Words } from '../../words'
import { locale } from '../../words'
import { dayTitle, firstWeekday, timeOf, weekdayOf } from '../../words/dates'
import { EVERY_DAY, daysAfter, type Occurrence } from './rules'

/** "08:00" or "8:00 am", as this phone's person writes it. */
export const sayTime = (time: string): string => timeOf(`2024-01-01T${time}:00`)

/** "08:00 and 20:00" */
export const sayTimes = (times: readonly string[]): string => list(times.map(sayTime))

/** "Every day", "Monday to Friday", "Mon, Wed and Fri". */
export function sayDays(weekdays: readonly number[], say: Words['reminders']): string {
  const days = weekdays.join('')
  if (days === EVERY_DAY.join('')) return say.everyDay
  if (days === '12345') return say.weekdays
  const names = inOrder(weekdays).map((day) => (weekdays.length > 2 ? shortDay(day) : longDay(day)))
  return list(names)
}

/** "today 20:00", "tomorrow 08:00", "Friday 27 November, 08:00"; `today` on the same clock. */
export function sayWhen(
  { date, time }: Pick<Occurrence, 'date' | 'time'>,
  today: string,
  say: Words['reminders'],
) {
  const clock = sayTime(time)
  if (date === today) return say.when.today(clock)
  if (date === daysAfter(today, 1)) return say.when.tomorrow(clock)
  if (date === daysAfter(today, -1)) return say.when.yesterday(clock)
  const near = date > today && date < daysAfter(today, 7)
  return say.when.on(near ? weekdayOf(date) : dayTitle(date, today), clock)
}

/** The city of a zone, as near as its name tells: "New York". */
export const cityOf = (zone: string): string => zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ')

function inOrder(weekdays: readonly number[]): number[] {
  const first = firstWeekday()
  return weekdays.toSorted((one, other) => ((one - first + 7) % 7) - ((other - first + 7) % 7))
}

// 2024-01-01 was a Monday.
const dateOf = (day: number): string => `2024-01-0${day}`
const longDay = (day: number): string => weekdayOf(dateOf(day))
const shortDay = (day: number): string =>
  new Intl.DateTimeFormat(locale(), { weekday: 'short', timeZone: 'UTC' }).format(new Date(dateOf(day)))
const list = (parts: readonly string[]): string =>
  new Intl.ListFormat(locale(), { type: 'conjunction' }).format(parts)
