/** Something being done: it can be left and taken up again, on this phone. */

import * as v from 'valibot'

import type { Mood } from '../check_ins/model'
import { clearDraft, loadDraft, saveDraft } from '../../store/drafts'
import type { Doable } from './doable'
import { recordPractice } from './mutators'

/** What is kept of it until it is done. */
const draftSchema = v.object({
  at: v.number(),
  moodBefore: v.nullable(v.picklist([1, 2, 3, 4, 5])),
})

export class Run {
  /** -1: how it is before; then the steps, by their place; `last`: how it is after. */
  at = $state(-1)
  moodBefore = $state.raw<Mood | null>(null)
  moodAfter = $state.raw<Mood | null>(null)
  again = $state.raw<boolean | null>(null)
  /** It was begun earlier, and goes on here. */
  resumed = $state(false)
  trouble = $state.raw<unknown>(null)

  readonly last: number
  readonly #doable: Doable
  readonly #draft: string

  constructor(doable: Doable) {
    this.#doable = doable
    this.#draft = `doing:${doable.key}`
    this.last = doable.steps.length + (doable.pace === null ? 0 : 1)
  }

  /** Takes up what was left, if anything. */
  async resume(): Promise<void> {
    const left = v.safeParse(draftSchema, await loadDraft(this.#draft))
    if (!left.success || this.at !== -1 || left.output.at > this.last) return
    this.at = left.output.at
    this.moodBefore = left.output.moodBefore
    this.resumed = true
  }

  async go(to: number): Promise<void> {
    this.at = Math.min(Math.max(to, -1), this.last)
    this.resumed = false
    try {
      await saveDraft(this.#draft, { at: this.at, moodBefore: this.moodBefore })
    } catch (error) {
      this.trouble = error
    }
  }

  /** From the beginning again. */
  async restart(): Promise<void> {
    this.at = -1
    this.moodBefore = this.moodAfter = null
    this.again = null
    this.resumed = false
    await clearDraft(this.#draft)
  }

  /** True once it is safe on this phone. */
  async finish(): Promise<boolean> {
    this.trouble = null
    const { strategy, exercise, feelings, contexts } = this.#doable
    const { moodBefore, moodAfter, again } = this
    try {
      await recordPractice(
        {
          strategy,
          exercise,
          moodBefore,
          moodAfter,
          again,
          feelings: [...feelings],
          contexts: [...contexts],
        },
        { draft: this.#draft },
      )
      return true
    } catch (error) {
      this.trouble = error
      return false
    }
  }
}
