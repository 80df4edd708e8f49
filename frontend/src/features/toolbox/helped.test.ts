import { describe, expect, test } from 'vitest'

import type { Mood } from '../check_ins/model'
import { atLeast, didHelp, isAlike, tally, whatHelped } from './helped'
import type { Practice } from './model'

let number = 0

function tried(given: Partial<Practice> = {}): Practice {
  number += 1
  return {
    id: String(number),
    strategy: 'tea',
    exercise: null,
    moodBefore: 2,
    moodAfter: null,
    again: true,
    feelings: [],
    contexts: [],
    happenedAt: '2026-11-22T07:15:00.000+01:00',
    zone: 'Europe/Berlin',
    instant: number,
    ...given,
  }
}

describe('whether a try helped', () => {
  test.each<[boolean | null, Mood | null, Mood | null, boolean | null]>([
    [true, 2, 1, true],
    [false, 2, 5, false],
    [null, 2, 3, true],
    [null, 2, 1, false],
    [null, 2, 2, null],
    [null, 2, null, null],
    [null, null, 5, null],
  ])('again %s, from %s to %s: %s', (again, moodBefore, moodAfter, helped) => {
    expect(didHelp(tried({ again, moodBefore, moodAfter }))).toBe(helped)
  })
})

describe('how sure that is', () => {
  test('nothing is known of what was never tried', () => {
    expect(atLeast(0, 0)).toBe(0)
    expect(tally([tried({ again: null })])).toEqual({ tries: 0, helped: 0, atLeast: 0 })
  })

  test('Wilson’s lower bound, as worked out elsewhere', () => {
    // Found by bisection of the score test that it inverts: (share − p) = z·√(p(1 − p)/n).
    expect(atLeast(1, 1)).toBeCloseTo(0.3784475, 6)
    expect(atLeast(9, 10)).toBeCloseTo(0.7175557, 6)
    expect(atLeast(0, 10)).toBe(0)
  })

  test('one lucky try does not outrank nine of ten, and more tries make surer', () => {
    expect(atLeast(1, 1)).toBeLessThan(atLeast(9, 10))
    expect(atLeast(10, 10)).toBeLessThan(atLeast(100, 100))
    for (let tries = 1; tries < 60; tries += 1) {
      for (let helped = 0; helped <= tries; helped += 1) {
        const bound = atLeast(helped, tries)
        expect(bound).toBeGreaterThanOrEqual(0)
        expect(bound).toBeLessThan(helped / tries + 1e-12)
      }
    }
  })
})

describe('moments that are alike', () => {
  test.each<[Mood | null, string[], Mood, string[], boolean]>([
    [1, [], 2, [], true],
    [3, [], 2, [], false],
    [null, [], 2, [], false],
    [2, ['sleep'], 2, ['sleep', 'work'], true],
    [2, ['sleep'], 2, ['work'], false],
    [2, [], 2, ['work'], true],
    [4, ['sleep'], 5, [], true],
  ])('weather %s with %s, and now %s with %s: %s', (moodBefore, contexts, mood, now, alike) => {
    expect(isAlike(tried({ moodBefore, contexts }), { mood, contexts: now })).toBe(alike)
  })
})

test('what helped in moments like this, the surest first', () => {
  const walk = (again: boolean) => tried({ strategy: 'walk', again })
  const box = tried({ strategy: null, exercise: 'box', again: null, moodAfter: 3 })
  const practices = [
    tried(),
    walk(true),
    walk(true),
    walk(false),
    walk(true),
    walk(true),
    box,
    tried({ strategy: 'never', again: false }),
    tried({ strategy: 'sunny', moodBefore: 5 }),
  ]
  const found = whatHelped(practices, { mood: 1, contexts: [] })
  expect(found.map(({ key, tries, helped }) => [key, tries, helped])).toEqual([
    ['strategy:walk', 5, 4],
    ['exercise:box', 1, 1],
    ['strategy:tea', 1, 1],
  ])
})
