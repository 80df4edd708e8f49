import { nothing, type Added, type Content } from './beside'
import { draftOfToday, writeLastNote, writeNoteDraft, type NoteDraft } from './drafts'
import type { CheckInData } from './model'
import { editCheckIn } from './mutators'
import { LONGEST_NOTE, lengthOf } from './rules'

/** How long after a keystroke the draft is kept, and how long a pause in writing is a good moment to save. */
const draftAfter = 250
const saveAfter = 2_500

/**
 * The moment that is open, and what is added to it: each addition saves by itself, words are a draft until they are
 * saved. Changes run one after the other, so that two quick ones cannot overtake each other.
 */
export class OpenMoment {
  /** The check-in that is open, if any. */
  id = $state.raw<string | null>(null)
  added = $state.raw<Added>(nothing)
  note = $state.raw('')
  /** How the additions stand. */
  quiet = $state.raw<'nothing' | 'saving' | 'saved'>('nothing')
  /** What the storage said, until it works again. */
  trouble = $state.raw<unknown>(null)

  protected noteDirty = false
  /** The note as the check-in has it. */
  protected savedNote: string | null = null
  #unsaved: Partial<CheckInData> = {}
  /** A step other than saving that the storage refused. */
  #refused: (() => Promise<void>) | null = null
  #queue: Promise<void> = Promise.resolve()
  #draftTimer: ReturnType<typeof setTimeout> | undefined
  #saveTimer: ReturnType<typeof setTimeout> | undefined

  /** Energy, feelings or contexts: saved at once. */
  add(changed: Partial<Added>): Promise<void> {
    this.put(changed)
    return this.saveNote()
  }

  /** A keystroke: kept as a draft at once, saved at a pause. */
  typed(note: string): void {
    this.put({ note })
    this.quiet = 'nothing'
    this.#draftTimer ??= setTimeout(() => void this.keepDraft(), draftAfter)
    clearTimeout(this.#saveTimer)
    if (this.id !== null) this.#saveTimer = setTimeout(() => void this.saveNote(), saveAfter)
  }

  async keepDraft(): Promise<void> {
    this.#stopDraft()
    if (!this.noteDirty) return
    try {
      await writeNoteDraft(this.noteDraft)
    } catch (error) {
      this.trouble = error
    }
  }

  /** The page goes this very moment. */
  keepLast(): void {
    if (this.noteDirty) writeLastNote(this.noteDraft)
  }

  saveNote(): Promise<void> {
    return this.next(async () => {
      await this.#saved()
    })
  }

  /** After trouble: the same again, with everything as it was. */
  retry(): Promise<void> {
    return this.next(() => this.again())
  }

  protected async again(): Promise<void> {
    if (this.#refused !== null) await this.#refused()
    else await this.#saved()
  }

  protected get content(): Content {
    return { ...this.added, note: this.note }
  }

  protected get noteDraft(): NoteDraft {
    return { id: this.id, note: this.note, began: this.savedNote }
  }

  protected get noteFits(): boolean {
    return lengthOf(this.note) <= LONGEST_NOTE
  }

  /** On the screen, and with what is to be saved. */
  protected put({ note, ...added }: Partial<Content>): void {
    this.added = { ...this.added, ...added }
    this.#unsaved = { ...this.#unsaved, ...added }
    if (note === undefined) return
    this.note = note
    this.noteDirty = true
  }

  /** A step that stands as trouble where the storage refuses it, and is then what "try again" tries. */
  protected async attempt(step: () => Promise<void>): Promise<void> {
    try {
      await step()
      this.trouble = null
      this.#refused = null
    } catch (error) {
      this.trouble = error
      this.#refused = () => this.attempt(step)
    }
  }

  /** All that can be saved is, even what came meanwhile; false where the storage says no. */
  protected async settle(): Promise<boolean> {
    if (this.#refused !== null) this.trouble = this.#refused = null
    while (this.id !== null && this.#waits) if (!(await this.#saved())) return false
    return true
  }

  /** Saves what waits. Throws a StorageError; what was to be saved then still waits. */
  protected async save(): Promise<void> {
    clearTimeout(this.#saveTimer)
    if (this.id === null || !this.#waits) return
    const { note } = this
    const withNote = this.noteDirty && this.noteFits
    const changes = { ...this.#unsaved, ...(withNote ? { note: note === '' ? null : note } : {}) }
    this.#unsaved = {}
    this.#refused = null
    this.quiet = 'saving'
    if (withNote) this.#stopDraft()
    try {
      await editCheckIn(this.id, changes, withNote ? draftOfToday : {})
      if (withNote) this.savedNote = note === '' ? null : note
      if (withNote && this.note === note) this.noteDirty = false
      this.trouble = null
      this.quiet = this.noteDirty ? 'nothing' : 'saved'
    } catch (error) {
      const { note: _note, ...others } = changes
      this.#unsaved = { ...others, ...this.#unsaved }
      this.quiet = 'nothing'
      await this.keepDraft()
      throw error
    }
  }

  /** Nothing is open any more. */
  protected clear(): void {
    this.stopTimers()
    this.id = null
    this.added = nothing
    this.note = ''
    this.quiet = 'nothing'
    this.trouble = null
    this.noteDirty = false
    this.savedNote = null
    this.#unsaved = {}
    this.#refused = null
  }

  protected stopTimers(): void {
    this.#stopDraft()
    clearTimeout(this.#saveTimer)
  }

  protected next(step: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue.then(step, step)
    return this.#queue
  }

  /** Something can be saved that is not. */
  get #waits(): boolean {
    return Object.keys(this.#unsaved).length > 0 || (this.noteDirty && this.noteFits)
  }

  async #saved(): Promise<boolean> {
    try {
      await this.save()
      return true
    } catch (error) {
      this.trouble = error
      return false
    }
  }

  #stopDraft(): void {
    clearTimeout(this.#draftTimer)
    this.#draftTimer = undefined
  }
}
