import { expect, test } from 'vitest'

import { breathAt, type Phase } from './breath'

const PACE: readonly [Phase, ...Phase[]] = [
  { does: 'in', seconds: 4 },
  { does: 'hold', seconds: 7 },
  { does: 'out', seconds: 8 },
]

test.each([
  [0, 'in', 1],
  [3.99, 'in', 4],
  [4, 'hold', 1],
  [10.5, 'hold', 7],
  [11, 'out', 1],
  [18.9, 'out', 8],
  [19, 'in', 1],
  [190, 'in', 1],
])('after %d seconds: %s, %d', (seconds, does, count) => {
  const breath = breathAt(PACE, seconds)
  expect([breath.phase.does, breath.count]).toEqual([does, count])
})

test('five and a half breaths are a minute', () => {
  const half = 60 / 5.5 / 2
  const pace: readonly [Phase, ...Phase[]] = [
    { does: 'in', seconds: half },
    { does: 'out', seconds: half },
  ]
  expect(breathAt(pace, 59.9).phase.does).toBe('in')
  expect(breathAt(pace, 5 * 2 * half + 0.01)).toMatchObject({ at: 0, count: 1 })
})
