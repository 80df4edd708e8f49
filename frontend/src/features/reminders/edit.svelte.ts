/** One reminder being written: until "Save" it is a draft, which outlives the screen. */

import { clearDraft, loadDraft, saveDraft } from '../../store/drafts'
import { saveLastWords } from '../../store/last_words'
import type { Reminder, ReminderData } from './model'
import { setReminder } from './mutators'
import { allReminders } from './queries'
import { EVERY_DAY, MOST_REMINDERS, problemsOf, tidy, type ReminderProblem } from './rules'

const DRAFT_AFTER_MS = 250

/** What a new one begins with. */
const FRESH: ReminderData = {
  label: '',
  times: ['20:00'],
  weekdays: [...EVERY_DAY],
  zone: null,
  skipHours: 3,
  on: true,
}

export class ReminderEdit {
  /** As it stands on the screen: times may be empty or out of order. */
  data = $state.raw<ReminderData>(FRESH)
  changed = $state(false)
  /** The draft of an earlier visit has been put back. */
  restored = $state(false)
  /** Looked for when it is about to be saved. */
  wrong = $state.raw<(ReminderProblem | 'too-many-reminders')[]>([])
  trouble = $state.raw<unknown>(null)

  readonly #before: Reminder | null
  /** Where the draft lies. */
  readonly draft: string
  #timer: ReturnType<typeof setTimeout> | undefined

  /** `before`: what it was; null for a new one. */
  constructor(before: Reminder | null) {
    this.#before = before
    this.draft = `reminder:${before?.id ?? 'new'}`
    this.data = before ?? FRESH
  }

  /** Puts a draft back; what was typed meanwhile stays. */
  async restore(): Promise<void> {
    const draft = await loadDraft(this.draft)
    if (!isDraft(draft) || this.changed) return
    this.data = { ...this.data, ...draft }
    this.changed = true
    this.restored = true
  }

  change(part: Partial<ReminderData>): void {
    this.data = { ...this.data, ...part }
    this.changed = true
    this.#timer ??= setTimeout(() => void this.keep(), DRAFT_AFTER_MS)
    // What was said stays until it is mended, and goes at once when it is.
    if (this.wrong.length > 0) this.wrong = problemsOf(tidy(this.data))
  }

  changeTime(at: number, time: string): void {
    this.change({ times: this.data.times.map((before, index) => (index === at ? time : before)) })
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
    this.data = this.#before ?? FRESH
    this.changed = false
    this.restored = false
    this.wrong = []
  }

  /** True once it is safe on this phone. */
  async save(): Promise<boolean> {
    this.#stop()
    this.trouble = null
    const data = tidy(this.data)
    try {
      const full = this.#before === null && (await allReminders()).length >= MOST_REMINDERS
      this.wrong = full ? ['too-many-reminders'] : problemsOf(data)
      if (this.wrong.length > 0) return false
      await setReminder(data, this.#before?.id, { draft: this.draft })
      this.changed = false
      return true
    } catch (error) {
      this.trouble = error
      return false
    }
  }

  #stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }
}

function isDraft(draft: unknown): draft is ReminderData {
  return (
    typeof draft === 'object' &&
    draft !== null &&
    'times' in draft &&
    Array.isArray(draft.times) &&
    'weekdays' in draft &&
    Array.isArray(draft.weekdays)
  )
}
