import { describe, expect, it } from 'vitest'

import {
  aroundIt,
  boxesBefore,
  dateAfter,
  daysOf,
  isDate,
  monthAfter,
  monthsDown,
  shownUp,
  weeksIn,
} from './calendar'
import { viewOf } from './kind'
import type { CheckIn, Mood } from './model'

const at = (happenedAt: string, mood: Mood, contexts: string[] = []): CheckIn =>
  viewOf(happenedAt, {
    mood,
    energy: null,
    feelings: [],
    contexts,
    note: null,
    happenedAt: `${happenedAt}:00.000+00:00`,
    zone: 'Europe/Dublin',
  })

describe('the grid of a month', () => {
  it('begins on the locale’s first day of the week', () => {
    expect(boxesBefore('2026-11', 1)).toBe(6)
    expect(boxesBefore('2026-11', 7)).toBe(0)
    expect(weeksIn('2026-11', 1)).toBe(6)
    expect(weeksIn('2026-11', 7)).toBe(5)
    expect(weeksIn('2027-02', 1)).toBe(4)
  })

  it('shows the last weather of a day and how many moments it had', () => {
    const days = daysOf('2028-02', [at('2028-02-29T08:00', 1), at('2028-02-29T20:00', 4)])
    expect(days).toHaveLength(29)
    expect(days[28]).toEqual({ date: '2028-02-29', number: 29, mood: 4, moments: 2 })
    expect(days[0]).toEqual({ date: '2028-02-01', number: 1, mood: null, moments: 0 })
    expect(shownUp(days)).toEqual({ days: 1, bright: 1 })
  })

  it('counts months over the turn of years', () => {
    expect(monthAfter('2026-01', -1)).toBe('2025-12')
    expect(monthAfter('2026-12', 1)).toBe('2027-01')
    expect(monthsDown('2026-02', '2025-11')).toEqual(['2026-02', '2026-01', '2025-12', '2025-11'])
    expect(monthsDown('2026-02', '2026-03')).toEqual([])
  })

  it('goes to the next day over the end of February', () => {
    expect(dateAfter('2028-02-28', 1)).toBe('2028-02-29')
    expect(dateAfter('2027-03-01', -1)).toBe('2027-02-28')
  })

  it('knows what is no day', () => {
    expect(isDate('2026-11-03')).toBe(true)
    for (const text of ['2026-02-30', '2026-13-01', '1899-12-31', 'yesterday', '2026-1-1']) {
      expect(isDate(text)).toBe(false)
    }
  })
})

describe('what was around it', () => {
  it('counts days, not moments, and says what stands out', () => {
    const around = aroundIt(
      [
        at('2026-11-01T08:00', 2, ['sleep']),
        at('2026-11-02T08:00', 1, ['sleep']),
        at('2026-11-02T20:00', 2, ['sleep', 'people']),
        at('2026-11-03T08:00', 4, ['people']),
        at('2026-11-04T08:00', 5, ['sleep', 'own:the sea']),
      ],
      2,
    )
    expect(around).toEqual([
      { word: 'sleep', days: 3, weather: [0, 2, 0, 0, 1], mostly: 2 },
      { word: 'people', days: 2, weather: [0, 1, 0, 1, 0], mostly: null },
    ])
  })
})
