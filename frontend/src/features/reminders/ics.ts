/** Reminders as a calendar file (RFC 5545), made on the phone: for whoever has no account, or no pushes. */

import { dateIn } from '../check_ins/local_time'
import type { Reminder } from './model'
import { daysAfter, weekdayNumber } from './rules'
import { basic, vtimezone } from './vtimezone'

export interface CalendarWords {
  /** The calendar's name: "Leeward". */
  name: string
  /** What an entry is called that has no label, or may not show it: "A moment for you?" */
  generic: string
}

export interface CalendarOptions {
  words: CalendarWords
  /** Whether entries are called by their labels. */
  showsLabel: boolean
  /** The phone's zone: what "today" is for the reminders that follow it. */
  here: string
  /** The first local date on which reminders come again; null: they are not paused. */
  pausedUntil: string | null
  /** Milliseconds. */
  now: number
}

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

/** The whole file. Reminders that are off are left out; those that follow the phone have floating times. */
export function calendarOf(reminders: readonly Reminder[], options: CalendarOptions): string {
  const on = reminders.filter((reminder) => reminder.on)
  const zones = new Set(on.map(({ zone }) => zone).filter((zone) => zone !== null))
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Leeward//Reminders//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escaped(options.words.name)}`,
    ...[...zones].flatMap((zone) => vtimezone(zone, options.now)),
    ...on.flatMap((reminder) => reminder.times.flatMap((time) => event(reminder, time, options))),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

function event(
  { id, label, weekdays, zone }: Reminder,
  time: string,
  { words, showsLabel, here, pausedUntil, now }: CalendarOptions,
): string[] {
  const title = escaped(showsLabel && label !== '' ? label : words.generic)
  const today = dateIn(zone ?? here, now)
  const from = pausedUntil !== null && pausedUntil > today ? pausedUntil : today
  const start = `${firstDate(weekdays, from)}T${time}:00`.replace(/[-:]/g, '')
  return [
    'BEGIN:VEVENT',
    `UID:${id}-${time.replace(':', '')}@leeward`,
    `DTSTAMP:${basic(new Date(now))}Z`,
    zone === null ? `DTSTART:${start}` : `DTSTART;TZID=${zone}:${start}`,
    'DURATION:PT5M',
    `RRULE:FREQ=WEEKLY;BYDAY=${weekdays.map((day) => DAYS[day - 1]).join(',')}`,
    `SUMMARY:${title}`,
    // Nobody is busy because of it, and nobody who sees the calendar is told more than its name.
    'TRANSP:TRANSPARENT',
    'CLASS:PRIVATE',
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `DESCRIPTION:${title}`,
    'TRIGGER:PT0S',
    'END:VALARM',
    'END:VEVENT',
  ]
}

/** The first of the weekdays from `from` on: an event begins on a day of its own rule. */
function firstDate(weekdays: readonly number[], from: string): string {
  for (let days = 0; days < 7; days += 1) {
    const date = daysAfter(from, days)
    if (weekdays.includes(weekdayNumber(date))) return date
  }
  return from
}

/** A TEXT value (3.3.11). */
export function escaped(text: string): string {
  return text
    .replace(/[\\;,]/g, (character) => `\\${character}`)
    .replace(/\r\n|\r|\n/g, '\\n')
    .replace(/\p{Cc}/gu, '')
}

const LONGEST_LINE = 75
const bytes = new TextEncoder()

/** A line of at most 75 octets goes on after CRLF and a space; no character is broken in two (3.1). */
export function folded(line: string): string {
  const parts: string[] = []
  let part = ''
  let size = 0
  for (const character of line) {
    const more = bytes.encode(character).length
    if (size + more > LONGEST_LINE) {
      parts.push(part)
      part = ' '
      size = 1
    }
    part += character
    size += more
  }
  return [...parts, part].join('\r\n')
}
