/** What is offered in rough weather: what helped, then what is meant for it, then something that everybody has. */

import type { ExerciseKey } from './exercises'
import { keyOf, tally, whatHelped, type Moment, type Tally } from './helped'
import type { Practice, Strategy } from './model'

export const MOST_OFFERED = 2

/** For whoever has nothing of their own yet. */
const FOR_EVERYBODY: readonly ExerciseKey[] = ['coherent-breathing', 'five-senses']

/** The key of a strategy or an exercise; `helped`: what it came to in moments like this, null: it was not tried in one. */
export interface Offer {
  key: string
  helped: Tally | null
}

/** Whether this is weather in which something is offered: stormy or rainy. */
export const isRough = ({ mood }: Pick<Moment, 'mood'>): boolean => mood <= 2

/** At most two, the surest first; nothing that somebody would not do again. */
export function offersFor(
  moment: Moment,
  strategies: readonly Strategy[],
  practices: readonly Practice[],
): Offer[] {
  if (!isRough(moment)) return []
  const there = new Set(strategies.map(({ id }) => `strategy:${id}`))
  const helped = whatHelped(practices, moment).filter(
    ({ key }) => key.startsWith('exercise:') || there.has(key),
  )
  const failed = new Set(
    [...new Set(practices.map(keyOf))].filter((key) => {
      const { tries, helped } = tally(practices.filter((practice) => keyOf(practice) === key))
      return tries > 0 && helped === 0
    }),
  )
  const meant = strategies
    .filter(({ moods }) => moods.includes(moment.mood))
    .map(({ id }) => `strategy:${id}`)
  const others = [...meant, ...FOR_EVERYBODY.map((key) => `exercise:${key}`)].filter(
    (key) => !failed.has(key) && !helped.some((one) => one.key === key),
  )
  return [
    ...helped.map(({ key, ...told }) => ({ key, helped: told })),
    ...others.map((key) => ({ key, helped: null })),
  ].slice(0, MOST_OFFERED)
}
