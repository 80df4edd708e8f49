/**
 * When to sync: a pure state machine. `next` says what follows from an event; loop.ts does it.
 *
 *              wanted / hurried / timer
 *     resting ─────────────────────────▶ running ──▶ done ──▶ resting (poll)
 *        ▲ ▲                                │  ▲
 *        │ └──── stopped (signed out, …) ◀──┤  └── wanted while running: once more
 *        └────── backing off (wait) ◀───────┘
 */

import type { SyncEnd } from './exchange'

export interface LoopState {
  running: boolean
  /** Something happened since the running sync began. */
  wanted: boolean
  /** How often in a row it did not work out. */
  failures: number
  /** Why it is not to be asked again by itself, or before a time. */
  hold: 'none' | 'busy' | 'stopped'
  /** Whether somebody can see the app. */
  visible: boolean
}

export type LoopEvent =
  /** Saved here, or poked by the server: soon, but not against the server's wish. */
  | { type: 'wanted' }
  /** Back in front, back online, signed in, the person asks: now, whatever was held against it. */
  | { type: 'hurried' }
  | { type: 'timer' }
  | { type: 'visible'; visible: boolean }
  | { type: 'ended'; end: SyncEnd | { kind: 'broken' } }

export type LoopEffect =
  | { type: 'run' }
  /** Sets the timer, instead of any before; null: no timer. */
  | { type: 'timer'; ms: number | null }

export const atRest: LoopState = { running: false, wanted: false, failures: 0, hold: 'none', visible: true }

/** In case a poke was lost. */
export const POLL = 5 * 60_000
export const FIRST_RETRY = 1_000
export const LONGEST_RETRY = 5 * 60_000

/** What follows; `random` in [0, 1) spreads the phones that lost the same server. */
export function next(state: LoopState, event: LoopEvent, random: number): [LoopState, LoopEffect[]] {
  switch (event.type) {
    case 'wanted':
      if (state.running) return [{ ...state, wanted: true }, []]
      return state.hold === 'none' ? run(state) : [state, []]
    case 'hurried':
      return state.running ? [{ ...state, wanted: true }, []] : run(state)
    case 'timer':
      if (state.running || state.hold === 'stopped') return [state, []]
      // Nobody looks, and nothing is known to wait: the next look will ask.
      return state.failures === 0 && !state.visible ? [state, []] : run(state)
    case 'visible': {
      const seen = { ...state, visible: event.visible }
      return event.visible && !state.visible ? next(seen, { type: 'hurried' }, random) : [seen, []]
    }
    case 'ended':
      return ended({ ...state, running: false }, event.end, random)
  }
}

function ended(
  state: LoopState,
  end: SyncEnd | { kind: 'broken' },
  random: number,
): [LoopState, LoopEffect[]] {
  const rested: LoopState = { ...state, wanted: false, failures: 0, hold: 'none' }
  switch (end.kind) {
    case 'done':
      return state.wanted ? run(rested) : [rested, [{ type: 'timer', ms: POLL }]]
    case 'stop':
      // Signed in again while the old session was being refused: ask once more.
      if (state.wanted) return run(rested)
      return [{ ...rested, hold: 'stopped' }, [{ type: 'timer', ms: null }]]
    case 'wait':
    case 'broken': {
      const failures = state.failures + 1
      const hold = end.kind === 'wait' && end.reason === 'unreachable' ? 'none' : 'busy'
      const least = end.kind === 'wait' && end.after !== null ? end.after * 1000 : 0
      const ms = Math.max(least, backOff(failures, random))
      return [{ ...rested, failures, hold }, [{ type: 'timer', ms }]]
    }
  }
}

function run(state: LoopState): [LoopState, LoopEffect[]] {
  return [
    { ...state, running: true, wanted: false, hold: 'none' },
    [{ type: 'timer', ms: null }, { type: 'run' }],
  ]
}

/** 1 s, 2 s, 4 s … up to 5 minutes, each shortened by up to a half. */
export function backOff(failures: number, random: number): number {
  const full = Math.min(LONGEST_RETRY, FIRST_RETRY * 2 ** (failures - 1))
  return Math.round(full * (1 - random / 2))
}
