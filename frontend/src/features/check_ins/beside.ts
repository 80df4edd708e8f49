/** Two moments side by side: the one that is open, and one that was left for it while its Undo still stood. */
import type { CheckIn, CheckInData, Mood } from './model'

export type Added = Pick<CheckInData, 'energy' | 'feelings' | 'contexts'>

/** Everything beside the weather as the screen has it: no words are ''. */
export interface Content extends Added {
  note: string
}

export const nothing: Added = { energy: null, feelings: [], contexts: [] }

/** A moment as it was left. */
export interface Left {
  id: string
  mood: Mood
  content: Content
  /** The note as it was saved. */
  savedNote: string | null
  /** More words than fit: they are kept, as a draft, and not saved. */
  tooLong: boolean
}

/** What stands beside the open moment: kept, or `gone` since the open one was taken instead. */
export interface Beside {
  left: Left
  gone: Gone | null
}

export interface Gone {
  /** The way back; undefined where it had been deleted elsewhere before. */
  was: CheckIn | undefined
  /** What the open one got from it. */
  moved: Partial<Content>
}

const parts = ['energy', 'feelings', 'contexts', 'note'] as const

/** What the earlier has and the later has none of. */
export function inherited(later: Content, earlier: Content): Partial<Content> {
  return pick(earlier, (part) => isNone(later[part]) && !isNone(earlier[part]))
}

/** Takes back what was moved, as far as it is still as it came. */
export function emptied(now: Content, moved: Partial<Content>): Partial<Content> {
  return pick({ ...nothing, note: '' }, (part) => part in moved && now[part] === moved[part])
}

function isNone(value: Content[keyof Content]): boolean {
  return value === null || (typeof value !== 'number' && value.length === 0)
}

function pick(from: Content, wanted: (part: keyof Content) => boolean): Partial<Content> {
  return Object.fromEntries(parts.filter(wanted).map((part) => [part, from[part]]))
}
