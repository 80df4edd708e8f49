/** When a device was last here, as coarse as it is useful: "today, about 9:41", "yesterday", "on 3 November". */

import type { Words } from '../../words'

type DeviceWords = Words['accounts']['devices']

/** `seenAt` and `now` in milliseconds UTC; days are those of this phone's clock, or of `timeZone`. */
export function lastHere(
  seenAt: number,
  now: number,
  words: DeviceWords,
  locale: string,
  timeZone?: string,
): string {
  const day = (instant: number): string => dayOf(instant, timeZone)
  if (day(seenAt) === day(now) || seenAt > now) {
    const clock = new Intl.DateTimeFormat(locale, {
      timeStyle: 'short',
      ...(timeZone === undefined ? {} : { timeZone }),
    })
    return words.lastHere(words.today(clock.format(Math.min(seenAt, now))))
  }
  if (day(nextDay(seenAt)) === day(now)) return words.lastHere(words.yesterday)
  const sameYear = day(seenAt).slice(0, 4) === day(now).slice(0, 4)
  const date = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' }),
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(seenAt)
  return words.lastHere(words.onDate(date))
}

/** "2026-11-22" on the clock of the zone. */
function dayOf(instant: number, timeZone: string | undefined): string {
  return new Intl.DateTimeFormat('sv-SE', timeZone === undefined ? {} : { timeZone }).format(instant)
}

/** The same time tomorrow; an hour off where the clocks change, which near midnight is a day off in no useful way. */
function nextDay(instant: number): number {
  return instant + 24 * 3_600_000
}
