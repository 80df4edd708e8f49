import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

import { reminders as german } from '../../words/de/reminders'
import { reminders as english } from '../../words/en/reminders'
import { cityOf, sayDays, sayTimes, sayWhen } from './said'

describe('in Ireland', () => {
  beforeEach(() => vi.stubGlobal('navigator', { languages: ['en-IE'] }))
  afterEach(() => vi.unstubAllGlobals())

  test('days', () => {
    expect(sayDays([1, 2, 3, 4, 5, 6, 7], english)).toBe('Every day')
    expect(sayDays([1, 2, 3, 4, 5], english)).toBe('Monday to Friday')
    expect(sayDays([6, 7], english)).toBe('Saturday and Sunday')
    expect(sayDays([1, 3, 5], english)).toMatch(/^Mon, Wed,? and Fri$/)
  })

  test('times', () => {
    expect(sayTimes(['08:00', '20:30'])).toMatch(/^0?8:00 and 20:30$/)
  })

  test.each([
    ['2026-11-22', 'today 20:30'],
    ['2026-11-23', 'tomorrow 20:30'],
    ['2026-11-21', 'yesterday 20:30'],
    ['2026-11-26', 'Thursday, 20:30'],
  ])('%s', (date, said) => {
    expect(sayWhen({ date, time: '20:30' }, '2026-11-22', english)).toBe(said)
  })

  test('further away, with the date', () => {
    expect(sayWhen({ date: '2026-12-01', time: '20:30' }, '2026-11-22', english)).toMatch(
      /^Tuesday,? 1 December, 20:30$/,
    )
  })
})

test('a place is called by its city', () => {
  expect(cityOf('America/New_York')).toBe('New York')
  expect(cityOf('America/Argentina/Buenos_Aires')).toBe('Buenos Aires')
  expect(cityOf('UTC')).toBe('UTC')
})

test('hours in German', () => {
  expect(german.edit.skipWithin(1)).toBe('der letzten Stunde')
  expect(german.edit.skipWithin(3)).toBe('der letzten 3 Stunden')
})
