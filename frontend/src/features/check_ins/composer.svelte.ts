import { countdown, undoTime, type Countdown } from '../../ui/countdown'
import { clearNoteDraft, draftOfToday, readNoteDraft, writeEditDraft, writeNoteDraft } from './drafts'
import { onClock, zoneHere } from './local_time'
import type { CheckInData, Mood } from './model'
import { deleteCheckIn, editCheckIn, recordCheckIn } from './mutators'
import { LONGEST_NOTE, lengthOf } from './rules'

export type Added = Pick<CheckInData, 'energy' | 'feelings' | 'contexts'>
type Tapped = Pick<CheckInData, 'mood' | 'happenedAt' | 'zone'>

/** `to` is the weather before the tap; null where there was none. */
interface Undoing {
  timer: Countdown
  to: Mood | null
}

const nothing: Added = { energy: null, feelings: [], contexts: [] }

/** How long after a keystroke the draft is kept, and how long a pause in writing is a good moment to save. */
const draftAfter = 250
const saveAfter = 2_500

/**
 * One check-in from the tap on. A tap records; whatever is added saves by itself; everything that the screen calls
 * saved has been saved.
 *
 *     question ──tap──▶ saved ──tap while Undo stands──▶ saved (another weather, the same moment)
 *        ▲  │             │ ──tap later──▶ saved (a new moment)
 *        │  └─no room──▶ not-saved ──retry──▶ saved
 *        └──── done, Undo ┘
 *
 * Changes run one after the other, so that two quick taps cannot overtake each other.
 */
export class Composer {
  /** The check-in that is open, if any. */
  id = $state.raw<string | null>(null)
  said = $state.raw<'question' | 'saved' | 'restored' | 'not-saved'>('question')
  mood = $state.raw<Mood | null>(null)
  added = $state.raw<Added>(nothing)
  note = $state.raw('')
  /** Stands for ten seconds after a tap. */
  undoing = $state.raw<Undoing | null>(null)
  /** How the additions stand. */
  quiet = $state.raw<'nothing' | 'saving' | 'saved'>('nothing')
  /** What the storage said, until it works again. */
  trouble = $state.raw<unknown>(null)

  /** The tap itself, when it could not be saved: its time is kept with it. */
  #tapped: Tapped | null = null
  #unsaved: Partial<CheckInData> = {}
  #queue: Promise<void> = Promise.resolve()
  #draftTimer: ReturnType<typeof setTimeout> | undefined
  #saveTimer: ReturnType<typeof setTimeout> | undefined
  #noteDirty = false

  tap(mood: Mood, now: number = Date.now()): Promise<void> {
    return this.#next(async () => {
      if (this.id !== null && this.undoing !== null) {
        if (mood !== this.mood) await this.#change(this.id, mood)
        return
      }
      if (this.id !== null && !(await this.#leave())) return
      const zone = zoneHere()
      await this.#record({ mood, happenedAt: onClock(now, zone), zone })
    })
  }

  /** After trouble: the same again, with everything as it was. */
  retry(): Promise<void> {
    return this.#next(async () => {
      if (this.#tapped !== null) await this.#record(this.#tapped)
      else await this.#saveUnsaved()
    })
  }

  takeBack(): Promise<void> {
    return this.#next(async () => {
      const id = this.id
      if (this.undoing === null || id === null) return
      const { to } = this.undoing
      try {
        if (to !== null) {
          await editCheckIn(id, { mood: to })
          this.mood = to
          this.#stopUndo()
        } else {
          await deleteCheckIn(id)
          const kept = this.note
          this.#reset()
          // The weather is taken back, not the words: they go with the next tap.
          if (kept !== '') this.typed(kept)
          else await clearNoteDraft()
        }
        this.trouble = null
      } catch (error) {
        this.trouble = error
      }
    })
  }

  /** Energy, feelings or contexts: saved at once. */
  add(changed: Partial<Added>): Promise<void> {
    this.added = { ...this.added, ...changed }
    this.#unsaved = { ...this.#unsaved, ...changed }
    return this.#next(() => this.#saveUnsaved())
  }

  /** A keystroke: kept as a draft at once, saved at a pause. */
  typed(note: string): void {
    this.note = note
    this.#noteDirty = true
    this.quiet = 'nothing'
    this.#draftTimer ??= setTimeout(() => void this.keepDraft(), draftAfter)
    clearTimeout(this.#saveTimer)
    if (this.id !== null) this.#saveTimer = setTimeout(() => void this.saveNote(), saveAfter)
  }

  async keepDraft(): Promise<void> {
    clearTimeout(this.#draftTimer)
    this.#draftTimer = undefined
    if (!this.#noteDirty) return
    try {
      await writeNoteDraft({ id: this.id, note: this.note })
    } catch (error) {
      this.trouble = error
    }
  }

  saveNote(): Promise<void> {
    return this.#next(() => this.#saveUnsaved())
  }

  /** Closes the moment; false where its words cannot be saved yet, and it stays open. */
  async finish(): Promise<boolean> {
    await this.saveNote()
    if (this.#noteDirty || this.trouble !== null) return false
    this.#reset()
    return true
  }

  /** The screen goes away: what is typed is saved, or at least kept. */
  async close(): Promise<void> {
    await this.keepDraft()
    await this.saveNote()
    this.#stopTimers()
  }

  /** What was being written when the app went away. `find` reads the check-in it belongs to. */
  async restore(find: (id: string) => Promise<CheckInData | undefined>): Promise<void> {
    const draft = await readNoteDraft()
    if (draft === null || this.said !== 'question') return
    const data = draft.id === null ? undefined : await find(draft.id)
    this.note = draft.note
    this.#noteDirty = true
    if (data === undefined) return
    this.id = draft.id
    this.mood = data.mood
    this.added = { energy: data.energy, feelings: data.feelings, contexts: data.contexts }
    this.said = 'restored'
    await this.saveNote()
  }

  async #record(tapped: Tapped): Promise<void> {
    this.mood = tapped.mood
    const note = this.#noteDirty && this.#noteFits() && this.note !== '' ? this.note : null
    try {
      this.id = await recordCheckIn({ ...tapped, ...this.added, note }, note === null ? {} : draftOfToday)
      this.#tapped = null
      this.trouble = null
      this.said = 'saved'
      if (note !== null && note === this.note) this.#noteDirty = false
      this.#offerUndo(null)
    } catch (error) {
      this.#tapped = tapped
      this.said = 'not-saved'
      this.trouble = error
    }
  }

  async #change(id: string, mood: Mood): Promise<void> {
    const before = this.mood
    this.mood = mood
    try {
      await editCheckIn(id, { mood })
      this.said = 'saved'
      this.trouble = null
      this.#offerUndo(before)
    } catch (error) {
      this.mood = before
      this.trouble = error
    }
  }

  async #saveUnsaved(): Promise<void> {
    clearTimeout(this.#saveTimer)
    if (this.id === null) return
    const note = this.note
    const withNote = this.#noteDirty && this.#noteFits()
    const changes = { ...this.#unsaved, ...(withNote ? { note: note === '' ? null : note } : {}) }
    if (Object.keys(changes).length === 0) return
    this.#unsaved = {}
    this.quiet = 'saving'
    try {
      await editCheckIn(this.id, changes, withNote ? draftOfToday : {})
      if (withNote && this.note === note) this.#noteDirty = false
      this.trouble = null
      this.quiet = this.#noteDirty ? 'nothing' : 'saved'
    } catch (error) {
      const { note: _note, ...others } = changes
      this.#unsaved = { ...others, ...this.#unsaved }
      this.quiet = 'nothing'
      this.trouble = error
    }
  }

  /**
   * A new moment begins while this one is open: its words are saved, or kept where editing it finds them.
   * False where the storage takes neither: then this one stays on the screen.
   */
  async #leave(): Promise<boolean> {
    await this.#saveUnsaved()
    try {
      if (this.#noteDirty && this.id !== null) {
        await writeEditDraft(this.id, { note: this.note })
        await clearNoteDraft()
      }
    } catch (error) {
      this.trouble = error
    }
    if (this.trouble !== null) return false
    this.#reset()
    return true
  }

  #noteFits(): boolean {
    return lengthOf(this.note) <= LONGEST_NOTE
  }

  #offerUndo(to: Mood | null): void {
    this.#stopUndo()
    const offer = { to, timer: countdown(undoTime, () => this.#end(offer)) }
    this.undoing = offer
  }

  #end(offer: Undoing): void {
    if (this.undoing === offer) this.undoing = null
  }

  #stopUndo(): void {
    this.undoing?.timer.stop()
    this.undoing = null
  }

  #stopTimers(): void {
    clearTimeout(this.#draftTimer)
    clearTimeout(this.#saveTimer)
    this.#draftTimer = undefined
    this.#stopUndo()
  }

  #reset(): void {
    this.#stopTimers()
    this.id = null
    this.#tapped = null
    this.#unsaved = {}
    this.#noteDirty = false
    this.said = 'question'
    this.mood = null
    this.added = nothing
    this.note = ''
    this.quiet = 'nothing'
    this.trouble = null
  }

  #next(step: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue.then(step, step)
    return this.#queue
  }
}
