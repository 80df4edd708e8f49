import { describe, expect, test } from 'vitest'

import type { CheckInData } from './model'
import { AHEAD, LONGEST_NOTE, lengthOf, ownWord, problemsOf, textOfOwn } from './rules'

const NOW = Date.parse('2026-11-22T07:15:00Z')
const good: CheckInData = {
  mood: 4,
  energy: null,
  feelings: ['at-ease', 'own:seasick'],
  contexts: [],
  note: '🌊'.repeat(LONGEST_NOTE),
  happenedAt: '2026-11-22T08:15:00.000+01:00',
  zone: 'Europe/Berlin',
}

describe('what a check-in may be', () => {
  test('a good one has no problems', () => {
    expect(problemsOf(good, NOW)).toEqual([])
    expect(problemsOf({}, NOW)).toEqual([])
  })

  test.each([
    [{ mood: 6 }, 'mood-out-of-range'],
    [{ mood: 0 }, 'mood-out-of-range'],
    [{ mood: 2.5 }, 'mood-out-of-range'],
    [{ energy: 4 }, 'energy-out-of-range'],
    // Counted in code points: an emoji is one.
    [{ note: '🌊'.repeat(LONGEST_NOTE + 1) }, 'note-too-long'],
    [{ feelings: Array.from({ length: 31 }, (_, index) => `own:${index}`) }, 'too-many-words'],
    [{ contexts: ['own:' + 'x'.repeat(61)] }, 'word-too-long'],
    [{ contexts: ['own: '] }, 'invalid'],
    [{ happenedAt: 'yesterday' }, 'invalid'],
    [{ happenedAt: new Date(NOW + AHEAD + 1).toISOString() }, 'in-the-future'],
    [{ happenedAt: '1899-12-31T23:59:00.000+00:00' }, 'too-long-ago'],
    [{ zone: 'Europe/Atlantis' }, 'unknown-zone'],
  ])('%o is %s', (wrong, problem) => {
    expect(problemsOf({ ...good, ...(wrong as Partial<CheckInData>) }, NOW)).toEqual([problem])
  })

  test('a time a little ahead of the clock is none', () => {
    expect(problemsOf({ happenedAt: new Date(NOW + AHEAD).toISOString() }, NOW)).toEqual([])
  })
})

describe('own words', () => {
  test('are kept without what cannot be seen', () => {
    expect(ownWord('  sea \n sick ')).toBe('own:sea sick')
    expect(ownWord('   ')).toBeNull()
    expect(textOfOwn('own:sea sick')).toBe('sea sick')
    expect(textOfOwn('at-ease')).toBeNull()
  })

  test('are measured in code points', () => {
    expect(lengthOf('👩‍🚀é')).toBe(4)
  })
})
