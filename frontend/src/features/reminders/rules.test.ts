import { describe, expect, test } from 'vitest'

import type { ReminderData } from './model'
import { daysAfter, isPausedOn, isQuietAt, nextOf, problemsOf, tidy, weekdayNumber } from './rules'

const data: ReminderData = {
  label: '',
  times: ['08:00', '20:00'],
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  zone: null,
  skipHours: 3,
  on: true,
}
const dublin = { zone: 'Europe/Dublin', pausedUntil: null }
const at = (text: string): number => Date.parse(text)

test('tidying sorts, and leaves nothing twice', () => {
  expect(
    tidy({ ...data, label: ' walk ', times: ['20:00', '', '08:00', '20:00'], weekdays: [7, 1, 7] }),
  ).toEqual({
    ...data,
    label: 'walk',
    times: ['08:00', '20:00'],
    weekdays: [1, 7],
  })
})

test('what is wrong is said by the server’s measures', () => {
  expect(problemsOf(data)).toEqual([])
  expect(problemsOf({ ...data, label: '🌦'.repeat(60) })).toEqual([])
  expect(
    problemsOf({ ...data, label: '🌦'.repeat(61), times: [], weekdays: [], zone: 'Nowhere/At_All' }),
  ).toEqual(['label-too-long', 'no-times', 'no-weekdays', 'unknown-zone'])
  expect(problemsOf({ ...data, times: Array.from({ length: 9 }, (_, hour) => `0${hour}:00`) })).toEqual([
    'too-many-times',
  ])
})

test('dates are counted as they stand in the calendar', () => {
  expect(weekdayNumber('2026-11-22')).toBe(7)
  expect(weekdayNumber('2026-11-23')).toBe(1)
  expect(daysAfter('2026-12-31', 1)).toBe('2027-01-01')
})

describe('the next time', () => {
  test('is the first one still to come', () => {
    expect(nextOf(data, dublin, at('2026-11-22T07:59:00Z'))).toMatchObject({
      date: '2026-11-22',
      time: '08:00',
    })
    expect(nextOf(data, dublin, at('2026-11-22T08:00:00Z'))).toMatchObject({
      date: '2026-11-22',
      time: '20:00',
    })
    expect(nextOf({ ...data, weekdays: [3] }, dublin, at('2026-11-22T08:00:00Z'))).toMatchObject({
      date: '2026-11-25',
    })
  })

  test('in a gap is the first minute after it', () => {
    const found = nextOf({ ...data, times: ['01:30'] }, dublin, at('2026-03-28T12:00:00Z'))
    expect(found).toEqual({ date: '2026-03-29', time: '02:00', instant: at('2026-03-29T01:00:00Z') })
  })

  test('of a date that a zone left out is on none', () => {
    const apia = { zone: 'Pacific/Apia', pausedUntil: null }
    // Samoa had no 30 December 2011, a Friday.
    expect(nextOf({ ...data, weekdays: [5] }, apia, at('2011-12-29T12:00:00Z'))).toMatchObject({
      date: '2012-01-06',
    })
  })

  test('waits for the end of a pause, and there is none while it is off', () => {
    expect(nextOf(data, { ...dublin, pausedUntil: '2026-12-01' }, at('2026-11-22T12:00:00Z'))).toMatchObject({
      date: '2026-12-01',
      time: '08:00',
    })
    expect(nextOf({ ...data, on: false }, dublin, at('2026-11-22T12:00:00Z'))).toBeNull()
  })

  test('a pinned reminder has its own clock', () => {
    const found = nextOf({ ...data, zone: 'America/New_York' }, dublin, at('2026-11-22T12:00:00Z'))
    expect(found?.instant).toBe(at('2026-11-22T13:00:00Z'))
  })
})

test('a pause ends on its date', () => {
  expect(isPausedOn('2026-11-30', { pausedUntil: '2026-12-01' })).toBe(true)
  expect(isPausedOn('2026-12-01', { pausedUntil: '2026-12-01' })).toBe(false)
  expect(isPausedOn('2026-12-01', { pausedUntil: null })).toBe(false)
})

test('quiet hours go over midnight, and end at their end', () => {
  const night = { quietFrom: '22:00', quietTo: '07:00' }
  expect(['21:59', '22:00', '02:00', '06:59', '07:00'].map((time) => isQuietAt(time, night))).toEqual([
    false,
    true,
    true,
    true,
    false,
  ])
  expect(isQuietAt('13:00', { quietFrom: '13:00', quietTo: '14:00' })).toBe(true)
  expect(isQuietAt('13:00', { quietFrom: '13:00', quietTo: '13:00' })).toBe(false)
  expect(isQuietAt('13:00', { quietFrom: null, quietTo: null })).toBe(false)
})
