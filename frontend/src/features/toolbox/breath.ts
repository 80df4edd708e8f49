/** Where in a breath one is. */

/** One part of a breath; `seconds` may be a fraction. */
export interface Phase {
  does: 'in' | 'hold' | 'out' | 'rest'
  seconds: number
}

export interface Breath {
  phase: Phase
  /** Which phase of the breath, from 0. */
  at: number
  /** Whole seconds of it, from 1, to count along. */
  count: number
}

/** So many seconds after it was begun. */
export function breathAt(pace: readonly [Phase, ...Phase[]], seconds: number): Breath {
  const whole = pace.reduce((sum, phase) => sum + phase.seconds, 0)
  let left = seconds % whole
  for (const [at, phase] of pace.entries()) {
    if (left < phase.seconds) return { phase, at, count: Math.floor(left) + 1 }
    left -= phase.seconds
  }
  return { phase: pace[0], at: 0, count: 1 }
}
