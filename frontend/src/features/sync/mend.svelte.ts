/** Mending one refused check-in: what was changed so far, kept as a draft until it is sent again. */

import { clearDraft, loadDraft, saveDraft } from '../../store/drafts'
import { saveLastWords } from '../../store/last_words'
import type { NeedsLook } from '../../store/lines'
import { sendAgain } from '../../sync/needs_look'
import type { CheckInProblem } from '../check_ins/rules'
import { problemsOf } from '../check_ins/rules'
import type { CheckInArgs } from './mending'

const DRAFT_AFTER_MS = 250

export class Mend {
  args = $state.raw<CheckInArgs>({ id: '' })
  /** What the server would still not take; looked for when it is about to be sent. */
  wrong = $state.raw<CheckInProblem[]>([])
  trouble = $state.raw<unknown>(null)

  readonly #line: NeedsLook
  readonly #draft: string
  #touched = false
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(line: NeedsLook, args: CheckInArgs) {
    this.#line = line
    this.#draft = `needs-look:${line.id}`
    this.args = args
    void this.#restore()
  }

  change(args: CheckInArgs): void {
    this.args = args
    this.#touched = true
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.keep(), DRAFT_AFTER_MS)
  }

  /** Writes the draft now. */
  async keep(): Promise<void> {
    clearTimeout(this.#timer)
    if (!this.#touched) return
    try {
      await saveDraft(this.#draft, this.args)
    } catch (error) {
      this.trouble = error
    }
  }

  /** The page goes this very moment. */
  keepLast(): void {
    if (this.#touched) saveLastWords(this.#draft, this.args)
  }

  /** True once it is saved on this phone as a new change. */
  async send(): Promise<boolean> {
    clearTimeout(this.#timer)
    this.trouble = null
    this.wrong = problemsOf(this.args, Date.now())
    if (this.wrong.length > 0) return false
    try {
      await sendAgain(this.#line.id, this.args)
      this.#touched = false
      await clearDraft(this.#draft)
      return true
    } catch (error) {
      this.trouble = error
      return false
    }
  }

  async #restore(): Promise<void> {
    const draft = await loadDraft(this.#draft).catch(() => undefined)
    const fits = typeof draft === 'object' && draft !== null && 'id' in draft && draft.id === this.args.id
    if (fits && !this.#touched) this.args = draft as CheckInArgs
  }
}
