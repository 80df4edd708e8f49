/** The push loop of a tab: does what push_loop.ts says, and tells the status how it went. */

import { atRest, next, type LoopEffect, type LoopEvent } from './push_loop'
import type { SyncEnd } from './exchange'
import type { Contact } from './status'

export interface LoopParts {
  /** A whole sync. */
  sync: () => Promise<SyncEnd>
  /** Hears how it goes; what is not said stays as it was. */
  tell: (contact: Partial<Contact>) => void
  /** In [0, 1). */
  random?: () => number
}

/** Starts at rest; send it events. */
export class PushLoop {
  #state = atRest
  #timer: ReturnType<typeof setTimeout> | undefined
  readonly #parts: Required<LoopParts>

  constructor(parts: LoopParts) {
    this.#parts = { random: Math.random, ...parts }
  }

  send(event: LoopEvent): void {
    const [state, effects] = next(this.#state, event, this.#parts.random())
    this.#state = state
    for (const effect of effects) this.#do(effect)
  }

  #do(effect: LoopEffect): void {
    if (effect.type === 'run') {
      void this.#run()
      return
    }
    clearTimeout(this.#timer)
    if (effect.ms !== null) this.#timer = setTimeout(() => this.send({ type: 'timer' }), effect.ms)
  }

  async #run(): Promise<void> {
    const { sync, tell } = this.#parts
    tell({ phase: 'sending' })
    let end: SyncEnd | { kind: 'broken' }
    try {
      end = await sync()
    } catch {
      // The phone's own store failed; what it is, `storageState` and the next save say.
      end = { kind: 'broken' }
    }
    tell({ phase: 'idle', ...outcomeOf(end) })
    this.send({ type: 'ended', end })
  }
}

function outcomeOf(end: SyncEnd | { kind: 'broken' }): Pick<Contact, 'outcome' | 'problem'> {
  switch (end.kind) {
    case 'done':
      return { outcome: 'ok', problem: null }
    case 'stop':
      return { outcome: 'none', problem: null }
    case 'broken':
      return { outcome: 'failed', problem: 'storage-failed' }
    case 'wait':
      return end.reason === 'unreachable'
        ? { outcome: 'offline', problem: null }
        : { outcome: 'failed', problem: end.problem }
  }
}
