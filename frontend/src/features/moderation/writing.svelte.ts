/** A report being written: until it is sent it is a draft, which outlives the screen. */

import { clearDraft, loadDraft, saveDraft } from '../../store/drafts'
import { newId } from '../../store/ids'
import { saveLastWords } from '../../store/last_words'
import { lengthOf } from '../check_ins/rules'
import { mutate } from '../../sync/mutate'
import './kind'
import type { SendReportArgs } from './kind'
import type { Category, Ending } from './model'

const DRAFT_AFTER_MS = 250
/** Code points. */
export const LONGEST_TEXT = 2_000
/** Rows that can go with one. */
export const MOST_ROWS = 50

interface Written {
  about: 'worried' | 'rules' | null
  category: Category | null
  text: string
  rows: string[]
  deleted: boolean
  end: Ending
}

const NOTHING: Written = { about: null, category: null, text: '', rows: [], deleted: false, end: 'no' }

export type Wrong = 'about' | 'category' | 'text' | 'rows'

export class Writing {
  data = $state.raw<Written>(NOTHING)
  changed = $state(false)
  /** Looked for when it is about to be sent. */
  wrong = $state.raw<Wrong[]>([])
  trouble = $state.raw<unknown>(null)

  readonly #pair: string
  readonly #draft: string
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(pair: string) {
    this.#pair = pair
    this.#draft = `report:${pair}`
  }

  /** Puts a draft back; what was typed meanwhile stays. */
  async restore(): Promise<void> {
    const draft = await loadDraft(this.#draft)
    if (!isDraft(draft) || this.changed) return
    this.data = { ...NOTHING, ...draft }
    this.changed = true
  }

  change(part: Partial<Written>): void {
    this.data = { ...this.data, ...part }
    this.changed = true
    this.#timer ??= setTimeout(() => void this.keep(), DRAFT_AFTER_MS)
    if (this.wrong.length > 0) this.wrong = wrongIn(this.data)
  }

  toggle(row: string): void {
    const { rows } = this.data
    this.change({ rows: rows.includes(row) ? rows.filter((one) => one !== row) : [...rows, row] })
  }

  /** Writes the draft now. */
  async keep(): Promise<void> {
    this.#stop()
    if (!this.changed) return
    try {
      await saveDraft(this.#draft, this.data)
    } catch (error) {
      this.trouble = error
    }
  }

  /** The page goes this very moment. */
  keepLast(): void {
    if (this.changed) saveLastWords(this.#draft, this.data)
  }

  /** The store was emptied for whoever comes next: so is this. */
  forget(): void {
    this.#stop()
    this.data = NOTHING
    this.changed = false
  }

  /** Nothing of it is sent. */
  async discard(): Promise<void> {
    this.forget()
    await clearDraft(this.#draft)
  }

  /** Its id, once it is safe on this phone and goes on its way; null: it is not. */
  async send(): Promise<string | null> {
    this.#stop()
    this.trouble = null
    this.wrong = wrongIn(this.data)
    if (this.wrong.length > 0) return null
    const { about, category, text, rows, deleted, end } = this.data
    const args: SendReportArgs = {
      id: newId(),
      pair: this.#pair,
      category: about === 'worried' ? 'worried' : (category ?? 'other'),
      text: text.trim(),
      rows,
      deleted,
      end,
    }
    try {
      await mutate('reports.send', args, { draft: this.#draft })
      this.changed = false
      return args.id
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

function isDraft(draft: unknown): draft is Partial<Written> {
  return typeof draft === 'object' && draft !== null && 'rows' in draft && Array.isArray(draft.rows)
}

export function wrongIn({ about, category, text, rows }: Written): Wrong[] {
  const wrong: Wrong[] = []
  if (about === null) wrong.push('about')
  if (about === 'rules' && category === null) wrong.push('category')
  if (lengthOf(text.trim()) > LONGEST_TEXT) wrong.push('text')
  if (rows.length > MOST_ROWS) wrong.push('rows')
  return wrong
}
