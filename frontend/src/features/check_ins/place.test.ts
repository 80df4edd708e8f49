import { describe, expect, it } from 'vitest'

import { viewOf } from './kind'
import { partOfDay } from './part_of_day'
import { elsewhere } from './place'

const at = (happenedAt: string, zone: string) =>
  viewOf('one', { mood: 3, energy: null, feelings: [], contexts: [], note: null, happenedAt, zone })

describe('where its clock stood', () => {
  it('is said when that clock showed another time', () => {
    expect(elsewhere(at('2026-11-20T09:00:00.000-05:00', 'America/New_York'), 'Europe/Dublin')).toBe(
      'New York',
    )
  })

  it('is not worth a word where the clocks agree', () => {
    expect(elsewhere(at('2026-11-20T09:00:00.000+00:00', 'Europe/London'), 'Europe/Dublin')).toBeNull()
    expect(elsewhere(at('2026-11-20T09:00:00.000+00:00', 'Europe/Dublin'), 'Europe/Dublin')).toBeNull()
  })
})

describe('the part of the day', () => {
  it('changes where people change the word', () => {
    expect([0, 4, 5, 11, 12, 16, 17, 21, 22, 23].map(partOfDay)).toEqual([
      'small-hours',
      'small-hours',
      'morning',
      'morning',
      'afternoon',
      'afternoon',
      'evening',
      'evening',
      'night',
      'night',
    ])
  })
})
