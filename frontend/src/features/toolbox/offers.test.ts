import { expect, test } from 'vitest'

import type { Mood } from '../check_ins/model'
import { FRESH } from './edit.svelte'
import type { Practice, Strategy } from './model'
import { offersFor } from './offers'

function strategy(id: string, moods: Mood[] = []): Strategy {
  return { ...FRESH, id, title: id, moods }
}

function tried(of: string, again: boolean | null = true, more: Partial<Practice> = {}): Practice {
  return {
    id: crypto.randomUUID(),
    strategy: of,
    exercise: null,
    moodBefore: 2,
    moodAfter: null,
    again,
    feelings: [],
    contexts: [],
    happenedAt: '2026-11-22T07:15:00.000+01:00',
    zone: 'Europe/Berlin',
    instant: 0,
    ...more,
  }
}

const keys = (mood: Mood, strategies: Strategy[], practices: Practice[]): string[] =>
  offersFor({ mood, contexts: [] }, strategies, practices).map(({ key }) => key)

test('nothing in other weather', () => {
  for (const mood of [3, 4, 5] as const) expect(keys(mood, [strategy('tea')], [tried('tea')])).toEqual([])
})

test('something that everybody has, for whoever has nothing yet', () => {
  expect(keys(1, [], [])).toEqual(['exercise:coherent-breathing', 'exercise:five-senses'])
})

test('what helped comes first, then what is meant for it', () => {
  const mine = [strategy('tea'), strategy('walk', [1, 2]), strategy('sun', [5])]
  expect(keys(2, mine, [])).toEqual(['strategy:walk', 'exercise:coherent-breathing'])
  expect(keys(2, mine, [tried('tea')])).toEqual(['strategy:tea', 'strategy:walk'])
  expect(offersFor({ mood: 2, contexts: [] }, mine, [tried('tea')])[0]?.helped).toMatchObject({
    tries: 1,
    helped: 1,
  })
})

test('not what was deleted, and not what nobody would do again', () => {
  const mine = [strategy('walk', [2])]
  expect(keys(2, mine, [tried('gone'), tried('walk', false)])).toEqual([
    'exercise:coherent-breathing',
    'exercise:five-senses',
  ])
  const box = tried('', null, { strategy: null, exercise: 'box-breathing', moodAfter: 4 })
  expect(keys(2, mine, [box])).toEqual(['exercise:box-breathing', 'strategy:walk'])
})
