/** A zone as a calendar file has to carry it (RFC 5545, 3.6.5): every change of its clocks around the time of writing. */

import { offsetMinutes } from '../check_ins/local_time'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** So much before and after, in years: a calendar goes on with the last rule it was given. */
const BEFORE = 1
const AFTER = 10

interface Change {
  /** The first instant with the new offset. Milliseconds UTC. */
  at: number
  /** Minutes ahead of UTC. */
  from: number
  to: number
}

/** The lines of VTIMEZONE for `zone`, as it is known at `now`. */
export function vtimezone(zone: string, now: number): string[] {
  const start = Date.UTC(new Date(now).getUTCFullYear() - BEFORE, 0, 1)
  const end = Date.UTC(new Date(now).getUTCFullYear() + AFTER, 0, 1)
  const standing = offsetMinutes(zone, start)
  const first = observance({ at: start, from: standing, to: standing }, 'STANDARD')
  const later = changesBetween(zone, start, end).flatMap((change) =>
    observance(change, change.to > change.from ? 'DAYLIGHT' : 'STANDARD'),
  )
  return ['BEGIN:VTIMEZONE', `TZID:${zone}`, ...first, ...later, 'END:VTIMEZONE']
}

/** Every change of the clocks of `zone` in [start, end), the earliest first. */
export function changesBetween(zone: string, start: number, end: number): Change[] {
  const changes: Change[] = []
  // Nobody changes the clocks for less than a day, but for Ramadan it may be a month.
  for (let day = start; day < end; day += DAY) {
    const from = offsetMinutes(zone, day)
    const to = offsetMinutes(zone, day + DAY)
    if (from !== to) changes.push({ at: firstWithout(zone, from, day, day + DAY), from, to })
  }
  return changes
}

function firstWithout(zone: string, offset: number, from: number, to: number): number {
  let low = from
  let high = to
  while (high - low > 1000) {
    const middle = Math.floor((low + high) / 2000) * 1000
    if (offsetMinutes(zone, middle) === offset) low = middle
    else high = middle
  }
  return high
}

function observance({ at, from, to }: Change, name: 'STANDARD' | 'DAYLIGHT'): string[] {
  return [
    `BEGIN:${name}`,
    // What the clock showed in the moment of the change.
    `DTSTART:${basic(new Date(at + from * 60_000))}`,
    `TZOFFSETFROM:${offsetText(from)}`,
    `TZOFFSETTO:${offsetText(to)}`,
    `END:${name}`,
  ]
}

/** "20261122T080000" of the UTC side of a date. */
export function basic(date: Date): string {
  return date.toISOString().slice(0, 19).replace(/[-:]/g, '')
}

function offsetText(minutes: number): string {
  const two = (part: number): string => String(part).padStart(2, '0')
  const size = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}${two(size % 60)}`
}
