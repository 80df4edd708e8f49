/** The exercises that come with Leeward, on every phone. Their words are in the language of the interface. */

import { words } from '../../words'
import type { Phase } from './breath'
import type { Doable } from './doable'

export const EXERCISES = [
  'box-breathing',
  'four-seven-eight',
  'coherent-breathing',
  'five-senses',
  'muscle-relaxation',
  'leaves-on-a-stream',
  'worry-time',
] as const
export type ExerciseKey = (typeof EXERCISES)[number]

export const isExercise = (key: string): key is ExerciseKey => (EXERCISES as readonly string[]).includes(key)

/** Coherent: five and a half breaths a minute. */
const COHERENT = 60 / 5.5 / 2

const PACES: Partial<Record<ExerciseKey, readonly Phase[]>> = {
  'box-breathing': [
    { does: 'in', seconds: 4 },
    { does: 'hold', seconds: 4 },
    { does: 'out', seconds: 4 },
    { does: 'rest', seconds: 4 },
  ],
  'four-seven-eight': [
    { does: 'in', seconds: 4 },
    { does: 'hold', seconds: 7 },
    { does: 'out', seconds: 8 },
  ],
  'coherent-breathing': [
    { does: 'in', seconds: COHERENT },
    { does: 'out', seconds: COHERENT },
  ],
}

/** What the runner needs of one of them. */
export function exercise(key: ExerciseKey): Doable {
  const { title, steps } = words().exercises.all[key]
  return {
    key: `exercise:${key}`,
    strategy: null,
    exercise: key,
    title,
    page: `/toolbox/exercises/${key}`,
    steps: steps.map(({ text, seconds }) => ({ text, seconds: seconds ?? null })),
    pace: PACES[key] ?? null,
    feelings: [],
    contexts: [],
  }
}
