/** What the runner leads through: a strategy of one's own, or a built-in exercise. */

import type { Word } from '../check_ins/model'
import type { Phase } from './breath'
import type { Step, Strategy } from './model'

export interface Doable {
  /** As in `helped.ts`. */
  key: string
  /** One of both is null. */
  strategy: string | null
  exercise: string | null
  title: string
  /** Where one comes from and goes back to. */
  page: string
  steps: readonly Step[]
  /** A breath that is repeated, instead of steps; null: none. */
  pace: readonly Phase[] | null
  feelings: readonly Word[]
  contexts: readonly Word[]
}

export function ofStrategy({ id, title, steps, feelings, contexts }: Strategy): Doable {
  return {
    key: `strategy:${id}`,
    strategy: id,
    exercise: null,
    title,
    page: `/toolbox/${id}`,
    steps,
    pace: null,
    feelings,
    contexts,
  }
}
