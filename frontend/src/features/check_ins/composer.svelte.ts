import { countdown, undoTime, type Countdown } from '../../ui/countdown'
import { promise } from '../buddies/promise'
import { emptied, inherited, type Beside, type Content, type Gone, type Left } from './beside'
import {
  clearEditDraft,
  clearNoteDraft,
  draftOfEdit,
  draftOfToday,
  readNoteDraft,
  writeEditDraft,
  writeNoteDraft,
} from './drafts'
import { onClock, zoneHere } from './local_time'
import type { CheckInData, Mood } from './model'
import { deleteCheckIn, recordCheckIn, restoreCheckIn } from './mutators'
import { OpenMoment } from './open_moment.svelte'
import { holdUndo } from './undo_stands'

interface Tapped {
  moment: Pick<CheckInData, 'mood' | 'happenedAt' | 'zone'>
  /** What was left for it while its Undo stood. */
  earlier: Left | null
}

/**
 * Check-ins from the tap on. Every tap is a moment of its own; whatever is added saves by itself; everything that the
 * screen calls saved has been saved.
 *
 *     question ──tap──▶ saved ──tap──▶ saved (a new moment; the one before stays as it was)
 *        ▲  │             │
 *        │  └─no room──▶ not-saved ──retry──▶ saved
 *        └──── done, Undo ┘
 *
 * A moment left while its Undo stood is `beside` the new one: Undo goes back to it, `insteadOf` takes it away.
 */
export class Composer extends OpenMoment {
  said = $state.raw<'question' | 'saved' | 'restored' | 'not-saved'>('question')
  mood = $state.raw<Mood | null>(null)
  /** Stands for ten seconds after a tap, and after "instead of": Undo takes back the last of them. */
  undoing = $state.raw<Countdown | null>(null)
  beside = $state.raw<Beside | null>(null)

  /** As long as Undo stands, nobody else is shown what was tapped, nor what stands beside it. */
  #letGo: () => void = () => undefined
  /** The tap itself, when it could not be saved: its time is kept with it. */
  #tapped: Tapped | null = null

  tap(mood: Mood, now: number = Date.now()): Promise<void> {
    return this.next(async () => {
      // Between the Undo of the moment before and the one to come there is no gap.
      const letGo = holdUndo()
      await this.#tap(mood, now)
      letGo()
    })
  }

  takeBack(): Promise<void> {
    return this.next(async () => {
      if (this.undoing === null) return
      const { left, gone } = this.beside ?? { left: null, gone: null }
      await this.attempt(() =>
        left === null || gone === null ? this.#takeBackTap(left) : this.#bringBack(left, gone),
      )
    })
  }

  /** The moment before was tapped by mistake: it goes, and what was added to it comes here where there is none. */
  insteadOf(): Promise<void> {
    return this.next(async () => {
      if (this.undoing === null || this.beside?.gone !== null) return
      const { left } = this.beside
      const moved = inherited(this.content, left.content)
      this.put(moved)
      await this.attempt(() => this.#replace(left, moved))
    })
  }

  /** Closes the moment; false where its words cannot be saved yet, and it stays open. */
  async finish(): Promise<boolean> {
    let closed = false
    await this.next(async () => {
      closed = this.#tapped === null && (await this.settle()) && !this.noteDirty
      if (closed) this.clear()
    })
    return closed
  }

  /** The store was emptied for whoever comes next: so is this. */
  forget(): Promise<void> {
    return this.next(async () => {
      this.clear()
      await Promise.resolve()
    })
  }

  /** The screen goes away: what is typed is saved, or at least kept. */
  async close(): Promise<void> {
    await this.keepDraft()
    await this.saveNote()
    this.stopTimers()
  }

  /** What was being written when the app went away. `find` reads the check-in it belongs to. */
  async restore(find: (id: string) => Promise<CheckInData | undefined>): Promise<void> {
    const draft = await readNoteDraft()
    if (draft === null || this.said !== 'question') return
    const data = draft.id === null ? undefined : await find(draft.id)
    // Saved in the moment in which the app went away.
    if (data?.note === draft.note) return clearNoteDraft()
    this.note = draft.note
    this.noteDirty = true
    // Its check-in is gone, or has got other words since: then these wait for the next tap, and replace nothing.
    if (data?.note !== (draft.began ?? null)) return
    this.id = draft.id
    this.mood = data.mood
    this.added = { energy: data.energy, feelings: data.feelings, contexts: data.contexts }
    this.savedNote = data.note
    this.said = 'restored'
    await this.saveNote()
  }

  protected override again(): Promise<void> {
    return this.#tapped === null ? super.again() : this.#record(this.#tapped)
  }

  async #tap(mood: Mood, now: number): Promise<void> {
    let earlier = this.#tapped?.earlier ?? null
    if (this.id !== null && this.mood !== null) {
      const stood = this.undoing !== null
      const left = await this.#leave(this.id, this.mood)
      if (left === null) return
      earlier = stood ? left : null
    }
    const zone = zoneHere()
    await this.#record({ moment: { mood, happenedAt: onClock(now, zone), zone }, earlier })
  }

  async #record(tapped: Tapped): Promise<void> {
    const { moment, earlier } = tapped
    this.mood = moment.mood
    const note = this.noteDirty && this.noteFits && this.note !== '' ? this.note : null
    try {
      const draft = note === null ? {} : draftOfToday
      this.id = await recordCheckIn({ ...moment, ...this.added, note }, { ...draft, along: promise })
      this.savedNote = note
      this.#tapped = null
      this.trouble = null
      this.said = 'saved'
      this.beside = earlier === null ? null : { left: earlier, gone: null }
      if (note !== null && note === this.note) this.noteDirty = false
      this.#offerUndo()
    } catch (error) {
      this.#tapped = tapped
      this.said = 'not-saved'
      this.trouble = error
    }
  }

  /**
   * A new moment begins while this one is open: its words are saved, or kept where editing it finds them.
   * Null where the storage takes neither: then this one stays on the screen.
   */
  async #leave(id: string, mood: Mood): Promise<Left | null> {
    if (!(await this.settle())) return null
    const left = { id, mood, content: this.content, savedNote: this.savedNote, tooLong: this.noteDirty }
    if (left.tooLong) {
      try {
        await writeEditDraft(id, { note: left.content.note })
        await clearNoteDraft()
      } catch (error) {
        this.trouble = error
        return null
      }
    }
    this.clear()
    return left
  }

  /** Undo of a tap: the screen is as it was before, with the moment open that was left for it. */
  async #takeBackTap(left: Left | null): Promise<void> {
    if (this.id === null) return
    await deleteCheckIn(this.id)
    const { note } = this
    this.clear()
    // The weather is taken back, not the words: they go with the next tap.
    if (note !== '') this.typed(note)
    else if (left === null) await clearNoteDraft()
    else await this.#reopen(left)
  }

  async #reopen({ id, mood, content, savedNote, tooLong }: Left): Promise<void> {
    const { note, ...added } = content
    this.id = id
    this.mood = mood
    this.added = added
    this.note = note
    this.savedNote = savedNote
    this.noteDirty = tooLong
    this.said = 'saved'
    if (!tooLong) return clearNoteDraft()
    await writeNoteDraft(this.noteDraft)
    await clearEditDraft(id)
  }

  /** First saved here, then deleted there: whatever the storage refuses on the way, all of it is still somewhere. */
  async #replace(left: Left, moved: Partial<Content>): Promise<void> {
    await this.save()
    if (this.noteDirty) await writeNoteDraft(this.noteDraft)
    const was = await deleteCheckIn(left.id, draftOfEdit(left.id))
    this.beside = { left, gone: { was, moved } }
    this.#offerUndo()
  }

  /** Undo of "instead of": both moments are as they were, and stay. */
  async #bringBack(left: Left, { was, moved }: Gone): Promise<void> {
    if (left.tooLong) await writeEditDraft(left.id, { note: left.content.note })
    if (was !== undefined) await restoreCheckIn(was)
    this.beside = { left, gone: null }
    this.#stopUndo()
    this.put(emptied(this.content, moved))
    await this.save()
  }

  protected override clear(): void {
    super.clear()
    this.said = 'question'
    this.mood = null
    this.beside = null
    this.#tapped = null
  }

  protected override stopTimers(): void {
    super.stopTimers()
    this.#stopUndo()
  }

  #offerUndo(): void {
    const letGo = holdUndo()
    this.#stopUndo()
    const offer = countdown(undoTime, () => {
      if (this.undoing === offer) this.#stopUndo()
    })
    this.undoing = offer
    this.#letGo = letGo
  }

  #stopUndo(): void {
    this.undoing?.stop()
    this.undoing = null
    this.#letGo()
  }
}
