import { describe, expect, it } from 'vitest'

import { contexts, feelingGroups, isFeeling, offeredContextsFor, offeredFeelings } from './feelings'
import type { Mood } from './model'

const moods: readonly Mood[] = [1, 2, 3, 4, 5]

describe('the words to choose from', () => {
  it('are sixty feelings, none of them twice', () => {
    const all = Object.values(feelingGroups).flat()
    expect(all).toHaveLength(60)
    expect(new Set(all).size).toBe(60)
    expect(new Set(contexts).size).toBe(contexts.length)
  })

  it('offer a few that fit each weather', () => {
    for (const mood of moods) {
      const offered = offeredFeelings(mood, [])
      expect(offered).toHaveLength(6)
      expect(offered.every(isFeeling)).toBe(true)
    }
  })

  it('never move what is offered, and show what was chosen elsewhere behind it', () => {
    const offered = offeredFeelings(2, [])
    expect(offeredFeelings(2, ['sad', 'own:seasick'])).toEqual([...offered, 'own:seasick'])
    expect(offeredContextsFor(['nature'])).toEqual([...offeredContextsFor([]), 'nature'])
  })
})
