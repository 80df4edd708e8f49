import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { dayTitle, firstWeekday, monthTitle, timeOf, weekdays } from './dates'

const speaks = (...languages: string[]): void => {
  vi.stubGlobal('navigator', { languages })
}

describe('dates', () => {
  beforeEach(() => speaks('en-IE'))
  afterEach(() => vi.unstubAllGlobals())

  it('are read as they stand, in no zone', () => {
    expect(dayTitle('2026-11-03', '2026-11-22')).toMatch(/^Tuesday,? 3 November$/)
    expect(monthTitle('2026-11', '2026-11-22')).toBe('November')
    expect(timeOf('2026-07-20T23:30:00.000-04:00')).toBe('23:30')
  })

  it('name another year', () => {
    expect(dayTitle('2024-02-29', '2026-11-22')).toContain('2024')
    expect(monthTitle('2024-02', '2026-11-22')).toBe('February 2024')
  })

  it('follow the person’s own region', () => {
    speaks('fr-FR', 'en-US', 'en')
    expect(timeOf('2026-07-20T23:30:00.000-04:00')).toMatch(/^11:30\sPM$/)
    expect(firstWeekday()).toBe(7)
    expect(weekdays().map(({ day }) => day)).toEqual([7, 1, 2, 3, 4, 5, 6])
    expect(weekdays()[0]?.long).toBe('Sunday')
  })

  it('begin the week on Monday where that is the custom', () => {
    expect(firstWeekday()).toBe(1)
    expect(weekdays().map(({ letter }) => letter)).toEqual(['M', 'T', 'W', 'T', 'F', 'S', 'S'])
    expect(weekdays()[0]).toEqual({ day: 1, letter: 'M', short: 'Mon', long: 'Monday' })
  })
})
