/** One strategy being written: until "Save" it is a draft, which outlives the screen. */

import * as v from 'valibot'

import { clearDraft, loadDraft, saveDraft } from '../../store/drafts'
import { saveLastWords } from '../../store/last_words'
import { STRATEGY_KINDS, type Step, type Strategy, type StrategyData } from './model'
import { setStrategy } from './mutators'
import { allStrategies } from './queries'
import { MOST_STRATEGIES, problemsOf, tidy, type StrategyProblem } from './rules'

const DRAFT_AFTER_MS = 250

export const EMPTY_STEP: Step = { text: '', seconds: null }

/** What a new one begins with. */
export const FRESH: StrategyData = {
  title: '',
  kind: 'other',
  steps: [EMPTY_STEP],
  minutes: null,
  moods: [],
  feelings: [],
  contexts: [],
  places: [],
  source: null,
}

const words = v.array(v.string())
const draftSchema = v.object({
  title: v.string(),
  kind: v.picklist(STRATEGY_KINDS),
  steps: v.array(v.object({ text: v.string(), seconds: v.nullable(v.number()) })),
  minutes: v.nullable(v.number()),
  moods: v.array(v.picklist([1, 2, 3, 4, 5])),
  feelings: words,
  contexts: words,
  places: words,
  source: v.nullable(v.string()),
})

export class StrategyEdit {
  /** As it stands on the screen: steps may be empty. */
  data = $state.raw<StrategyData>(FRESH)
  changed = $state(false)
  /** The draft of an earlier visit has been put back. */
  restored = $state(false)
  /** Looked for when it is about to be saved. */
  wrong = $state.raw<(StrategyProblem | 'too-many-strategies')[]>([])
  trouble = $state.raw<unknown>(null)

  readonly #before: Strategy | null
  readonly #begin: StrategyData
  /** Where the draft lies. */
  readonly draft: string
  #timer: ReturnType<typeof setTimeout> | undefined

  /** `before`: what it was, null for a new one, which begins with `begin`. */
  constructor(before: Strategy | null, begin: StrategyData = FRESH) {
    this.#before = before
    this.#begin = before ?? begin
    this.draft = `strategy:${before?.id ?? begin.source ?? 'new'}`
    this.data = this.#begin
  }

  /** Whether it was said when it suits, as the form was opened. */
  get suits(): boolean {
    const { moods, feelings, contexts, places } = this.#begin
    return [moods, feelings, contexts, places].some((some) => some.length > 0)
  }

  /** Puts a draft back; what was typed meanwhile stays. */
  async restore(): Promise<void> {
    const draft = v.safeParse(draftSchema, await loadDraft(this.draft))
    if (!draft.success || this.changed) return
    this.data = draft.output
    this.changed = true
    this.restored = true
  }

  change(part: Partial<StrategyData>): void {
    this.data = { ...this.data, ...part }
    this.changed = true
    this.#timer ??= setTimeout(() => void this.keep(), DRAFT_AFTER_MS)
    // What was said stays until it is mended, and goes at once when it is.
    if (this.wrong.length > 0) this.wrong = problemsOf(tidy(this.data))
  }

  changeStep(at: number, part: Partial<Step>): void {
    this.change({ steps: this.data.steps.map((step, index) => (index === at ? { ...step, ...part } : step)) })
  }

  /** Writes the draft now. */
  async keep(): Promise<void> {
    this.#stop()
    if (!this.changed) return
    try {
      await saveDraft(this.draft, this.data)
    } catch (error) {
      this.trouble = error
    }
  }

  /** The page goes this very moment. */
  keepLast(): void {
    if (this.changed) saveLastWords(this.draft, this.data)
  }

  /** Back to what is saved. */
  async discard(): Promise<void> {
    this.forget()
    await clearDraft(this.draft)
  }

  /** The store was emptied for whoever comes next: so is this. */
  forget(): void {
    this.#stop()
    this.data = this.#begin
    this.changed = false
    this.restored = false
    this.wrong = []
  }

  /** Its id once it is safe on this phone, else null. */
  async save(): Promise<string | null> {
    this.#stop()
    this.trouble = null
    const data = tidy(this.data)
    try {
      const full = this.#before === null && (await allStrategies()).length >= MOST_STRATEGIES
      this.wrong = full ? ['too-many-strategies'] : problemsOf(data)
      if (this.wrong.length > 0) return null
      const id = await setStrategy(data, this.#before?.id, { draft: this.draft })
      this.changed = false
      return id
    } catch (error) {
      this.trouble = error
      return null
    }
  }

  #stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }
}
