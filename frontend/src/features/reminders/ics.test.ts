import { expect, test } from 'vitest'

import { calendarOf, escaped, folded, type CalendarOptions } from './ics'
import type { Reminder } from './model'
import { changesBetween, vtimezone } from './vtimezone'

const NOW = Date.parse('2026-11-22T10:00:00Z')
const options: CalendarOptions = {
  words: { name: 'Leeward', generic: 'A moment for you?' },
  showsLabel: false,
  here: 'Europe/Dublin',
  pausedUntil: null,
  now: NOW,
}
const reminder: Reminder = {
  id: '0198a000-0000-7000-8000-000000000001',
  label: 'Look up; breathe, twice',
  times: ['08:00', '20:30'],
  weekdays: [1, 3, 7],
  zone: null,
  skipHours: null,
  on: true,
}

function linesOf(text: string): string[] {
  return text.replaceAll('\r\n ', '').split('\r\n')
}

test('one weekly event for each time, beginning on one of its days, in floating time', () => {
  const lines = linesOf(calendarOf([reminder], options))
  // 22 November 2026 is a Sunday.
  expect(lines.filter((line) => line.startsWith('DTSTART'))).toEqual([
    'DTSTART:20261122T080000',
    'DTSTART:20261122T203000',
  ])
  expect(lines.filter((line) => line.startsWith('RRULE'))).toEqual([
    'RRULE:FREQ=WEEKLY;BYDAY=MO,WE,SU',
    'RRULE:FREQ=WEEKLY;BYDAY=MO,WE,SU',
  ])
  expect(new Set(lines.filter((line) => line.startsWith('UID'))).size).toBe(2)
  expect(lines.filter((line) => line === 'BEGIN:VALARM')).toHaveLength(2)
  expect(lines.filter((line) => line.startsWith('SUMMARY'))).toEqual([
    'SUMMARY:A moment for you?',
    'SUMMARY:A moment for you?',
  ])
})

test('a pause is over before anything begins', () => {
  const begins = (pausedUntil: string) =>
    linesOf(calendarOf([reminder], { ...options, pausedUntil })).find((line) => line.startsWith('DTSTART'))
  expect(begins('2026-12-01')).toBe('DTSTART:20261202T080000')
  expect(begins('2026-11-20')).toBe('DTSTART:20261122T080000')
})

test('a label is shown only where that was chosen, and escaped', () => {
  const lines = linesOf(calendarOf([reminder], { ...options, showsLabel: true }))
  expect(lines).toContain('SUMMARY:Look up\\; breathe\\, twice')
})

test('what is off is left out, and the file is still a calendar', () => {
  const lines = linesOf(calendarOf([{ ...reminder, on: false }], options))
  expect(lines).not.toContain('BEGIN:VEVENT')
  expect(lines[0]).toBe('BEGIN:VCALENDAR')
  expect(lines.at(-2)).toBe('END:VCALENDAR')
  expect(lines.at(-1)).toBe('')
})

test('a pinned reminder brings its zone, with every change of the clocks', () => {
  const lines = linesOf(calendarOf([{ ...reminder, zone: 'America/New_York', weekdays: [6] }], options))
  expect(lines).toContain('DTSTART;TZID=America/New_York:20261128T080000')
  const zone = lines.slice(lines.indexOf('BEGIN:VTIMEZONE'), lines.indexOf('END:VTIMEZONE') + 1)
  expect(zone).toEqual(vtimezone('America/New_York', NOW))
  const change = zone.indexOf('DTSTART:20260308T020000')
  expect(zone.slice(change - 1, change + 4)).toEqual([
    'BEGIN:DAYLIGHT',
    'DTSTART:20260308T020000',
    'TZOFFSETFROM:-0500',
    'TZOFFSETTO:-0400',
    'END:DAYLIGHT',
  ])
})

test('a zone without changes has one line, one with half an hour has it right', () => {
  expect(vtimezone('Asia/Kolkata', NOW).filter((line) => line.startsWith('TZOFFSETTO'))).toEqual([
    'TZOFFSETTO:+0530',
  ])
  const [first] = changesBetween('Australia/Lord_Howe', Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1))
  expect(first).toEqual({ at: Date.parse('2026-04-04T15:00:00Z'), from: 660, to: 630 })
})

test('every line ends with CRLF, has at most 75 octets, and unfolds to what it was', () => {
  const label = 'Ä🌦'.repeat(30)
  const text = calendarOf([{ ...reminder, label }], { ...options, showsLabel: true })
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  for (const line of text.split('\r\n')) expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75)
  expect(linesOf(text)).toContain(`SUMMARY:${label}`)
})

test('a line of exactly 75 octets is not folded', () => {
  expect(folded('x'.repeat(75))).toBe('x'.repeat(75))
  expect(folded('x'.repeat(76))).toBe(`${'x'.repeat(75)}\r\n x`)
})

test('line breaks become \\n, other control characters go', () => {
  expect(escaped('one\r\ntwo\u0007\\')).toBe('one\\ntwo\\\\')
})
