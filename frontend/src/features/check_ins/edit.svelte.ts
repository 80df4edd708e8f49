import {
  clearEditDraft,
  draftOfEdit,
  readEditDraft,
  writeEditDraft,
  writeLastEdit,
  type EditDraft,
} from './drafts'
import { instantOfClock, isZone, localTimeOf, onClock, zoneHere } from './local_time'
import type { CheckIn, CheckInData } from './model'
import { editCheckIn } from './mutators'
import { AHEAD, LONGEST_NOTE, lengthOf } from './rules'

const draftAfter = 250

/** What can be wrong with the day and the time that were chosen. */
export type TimeProblem = 'noSuchTime' | 'inTheFuture' | 'tooLongAgo'

/**
 * Changes to one check-in, laid over what is stored: a field that was not touched follows the store.
 * Until "Save" they are a draft, which outlives the screen.
 */
export class Edit {
  changes = $state.raw<EditDraft>({})
  /** The draft of an earlier visit has been put back. */
  restored = $state.raw(false)
  trouble = $state.raw<unknown>(null)

  readonly #id: string
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(id: string) {
    this.#id = id
  }

  get changed(): boolean {
    return Object.keys(this.changes).length > 0
  }

  /** Puts a draft back; what was typed meanwhile stays. */
  async restore(): Promise<void> {
    const draft = await readEditDraft(this.#id)
    if (draft === null || Object.keys(draft).length === 0) return
    this.changes = { ...draft, ...this.changes }
    this.restored = true
  }

  change(part: EditDraft): void {
    this.changes = { ...this.changes, ...part }
    this.#timer ??= setTimeout(() => void this.keep(), draftAfter)
  }

  /** Writes the draft now. */
  async keep(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (!this.changed) return
    try {
      await writeEditDraft(this.#id, this.changes)
    } catch (error) {
      this.trouble = error
    }
  }

  /** The page goes this very moment. */
  keepLast(): void {
    if (this.changed) writeLastEdit(this.#id, this.changes)
  }

  /** The store was emptied for whoever comes next: so is this. */
  forget(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.changes = {}
    this.restored = false
  }

  async discard(): Promise<void> {
    this.forget()
    await clearEditDraft(this.#id)
  }

  /** True once the changes are saved on this phone. */
  async save(checkIn: CheckIn): Promise<boolean> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    try {
      if (this.changed) await editCheckIn(this.#id, dataOf(checkIn, this.changes), draftOfEdit(this.#id))
      this.changes = {}
      this.trouble = null
      return true
    } catch (error) {
      this.trouble = error
      return false
    }
  }
}

/** What is to be sent for these changes. */
export function dataOf(checkIn: CheckIn, { note, date, time, ...rest }: EditDraft): Partial<CheckInData> {
  const data: Partial<CheckInData> = { ...rest }
  if (note !== undefined) data.note = note === '' ? null : note
  const instant = instantWith(checkIn, date, time)
  if (instant === null) return data
  const zone = zoneOf(checkIn)
  data.happenedAt = onClock(instant, zone)
  if (zone !== checkIn.zone) data.zone = zone
  return data
}

/** What keeps the changes from being saved; null: nothing. `now` in milliseconds. */
export function timeProblem(checkIn: CheckIn, changes: EditDraft, now: number): TimeProblem | null {
  const instant = instantWith(checkIn, changes.date, changes.time)
  if (instant === null) return null
  if (Number.isNaN(instant)) return 'noSuchTime'
  if (instant > now + AHEAD) return 'inTheFuture'
  return (changes.date ?? checkIn.localDate) < '1900-01-01' ? 'tooLongAgo' : null
}

export const noteFits = (note: string): boolean => lengthOf(note) <= LONGEST_NOTE

/** The instant that was chosen, on the clock where it happened; null where neither day nor time was touched. */
function instantWith(checkIn: CheckIn, date: string | undefined, time: string | undefined): number | null {
  if (date === undefined && time === undefined) return null
  return instantOfClock(date ?? checkIn.localDate, time ?? localTimeOf(checkIn.happenedAt), zoneOf(checkIn))
}

/** Its own; the phone's, where this browser does not know that one. */
function zoneOf({ zone }: CheckIn): string {
  return isZone(zone) ? zone : zoneHere()
}
