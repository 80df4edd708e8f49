import * as fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'

import {
  clockHere,
  dateIn,
  instantOf,
  instantOfClock,
  isZone,
  localDateOf,
  localTimeOf,
  offsetMinutes,
  onClock,
} from './local_time'

const at = (iso: string): number => Date.parse(iso)

describe('what a clock shows', () => {
  test.each([
    ['Europe/Dublin', '2026-11-22T07:15:00Z', '2026-11-22T07:15:00.000+00:00'],
    ['Europe/Berlin', '2026-11-22T06:15:00Z', '2026-11-22T07:15:00.000+01:00'],
    ['Europe/Berlin', '2026-07-22T05:15:00Z', '2026-07-22T07:15:00.000+02:00'],
    // Zones with 45 and 30 minutes.
    ['Asia/Kathmandu', '2026-11-22T20:00:00Z', '2026-11-23T01:45:00.000+05:45'],
    ['Pacific/Chatham', '2026-07-01T12:00:00Z', '2026-07-02T00:45:00.000+12:45'],
    ['Pacific/Chatham', '2026-01-01T12:00:00Z', '2026-01-02T01:45:00.000+13:45'],
    ['America/St_Johns', '2026-11-22T12:00:00Z', '2026-11-22T08:30:00.000-03:30'],
    ['Australia/Lord_Howe', '2026-01-01T00:00:00Z', '2026-01-01T11:00:00.000+11:00'],
    ['Australia/Lord_Howe', '2026-07-01T00:00:00Z', '2026-07-01T10:30:00.000+10:30'],
    ['Pacific/Kiritimati', '2026-11-22T12:00:00Z', '2026-11-23T02:00:00.000+14:00'],
    ['UTC', '2026-11-22T23:59:59.999Z', '2026-11-22T23:59:59.999+00:00'],
    // Before the railways agreed on hours: to the nearest minute.
    [
      'Europe/Amsterdam',
      '1900-06-01T12:00:00Z',
      expect.stringMatching(/^1900-06-01T12:\d\d:00\.000\+00:\d\d$/),
    ],
  ])('%s at %s', (zone, instant, clock) => {
    expect(onClock(at(instant), zone)).toEqual(clock)
  })

  test('a date is the one on the clock where it happened', () => {
    const late = onClock(at('2026-11-22T23:30:00Z'), 'Pacific/Auckland')
    expect(localDateOf(late)).toBe('2026-11-23')
    expect(localTimeOf(late)).toBe('12:30')
    expect(dateIn('America/Los_Angeles', at('2026-11-22T07:59:00Z'))).toBe('2026-11-21')
    expect(instantOf(late)).toBe(at('2026-11-22T23:30:00Z'))
  })

  test('what is no zone is none', () => {
    expect(isZone('Europe/Dublin')).toBe(true)
    expect(isZone('Europe/Atlantis')).toBe(false)
    expect(isZone('')).toBe(false)
    expect(() => offsetMinutes('Europe/Atlantis', 0)).toThrow(RangeError)
  })
})

describe('the clock of this phone', () => {
  afterEach(() => {
    vi.unstubAllEnvs()
    vi.useRealTimers()
  })

  test.each([
    ['Europe/Berlin', '2026-07-21T22:30:00Z'],
    ['Asia/Kathmandu', '2026-11-22T20:00:00Z'],
    ['America/St_Johns', '2026-11-22T02:10:00Z'],
    // The hour that comes twice, both times.
    ['Europe/Dublin', '2026-10-25T00:30:00Z'],
    ['Europe/Dublin', '2026-10-25T01:30:00Z'],
  ])('shows in %s at %s what Intl says', (zone, instant) => {
    vi.stubEnv('TZ', zone)
    vi.useFakeTimers({ now: at(instant) })
    expect(clockHere()).toBe(onClock(at(instant), zone).slice(0, 16))
  })
})

describe('the instant that a clock means', () => {
  test.each([
    ['an ordinary morning', '2026-11-22', '07:15', 'Europe/Berlin', '2026-11-22T06:15:00Z'],
    ['back-dated into summer time', '2026-07-22', '07:15', 'Europe/Berlin', '2026-07-22T05:15:00Z'],
    [
      'in the gap of a spring night: the first moment after it',
      '2026-03-29',
      '02:30',
      'Europe/Berlin',
      '2026-03-29T01:00:00Z',
    ],
    [
      'in the hour that comes twice: the first',
      '2026-10-25',
      '02:30',
      'Europe/Berlin',
      '2026-10-25T00:30:00Z',
    ],
    ['in a gap of half an hour', '2026-10-04', '02:15', 'Australia/Lord_Howe', '2026-10-03T15:30:00Z'],
    ['in a gap west of Greenwich', '2026-03-08', '02:30', 'America/New_York', '2026-03-08T07:00:00Z'],
    [
      'in a repeated hour west of Greenwich',
      '2026-11-01',
      '01:30',
      'America/New_York',
      '2026-11-01T05:30:00Z',
    ],
    ['on a day that a zone left out', '2011-12-30', '12:00', 'Pacific/Apia', '2011-12-30T10:00:00Z'],
    ['with three quarters of an hour', '2026-11-23', '01:45', 'Asia/Kathmandu', '2026-11-22T20:00:00Z'],
  ])('%s', (_name, date, time, zone, instant) => {
    expect(new Date(instantOfClock(date, time, zone)).toISOString()).toBe(new Date(instant).toISOString())
  })

  test('is no time where there is none', () => {
    expect(instantOfClock('2026-13-01', '07:15', 'UTC')).toBeNaN()
  })

  const zones = fc.constantFrom(
    'Europe/Dublin',
    'America/New_York',
    'America/Santiago',
    'Africa/Casablanca',
    'Asia/Kathmandu',
    'Asia/Tehran',
    'Australia/Lord_Howe',
    'Pacific/Chatham',
    'Pacific/Apia',
    'Antarctica/Troll',
  )
  const minutes = fc
    .integer({ min: at('1975-01-01T00:00:00Z') / 60_000, max: at('2037-01-01T00:00:00Z') / 60_000 })
    .map((minute) => minute * 60_000)

  test('goes there and back', () => {
    fc.assert(
      fc.property(zones, minutes, (zone, instant) => {
        const clock = onClock(instant, zone)
        expect(instantOf(clock)).toBe(instant)
        const again = instantOfClock(localDateOf(clock), localTimeOf(clock), zone)
        // Only in an hour that comes twice can it be another instant, the earlier one, that shows the same.
        expect(onClock(again, zone).slice(0, 16)).toBe(clock.slice(0, 16))
        expect(again).toBeLessThanOrEqual(instant)
      }),
    )
  })
})
