/** One moment's record. */

/** 1 stormy, 2 rainy, 3 cloudy, 4 fair, 5 clear. */
export type Mood = 1 | 2 | 3 | 4 | 5
/** 1 low, 2 middle, 3 high. */
export type Energy = 1 | 2 | 3

/** A word of a feeling or a context: a built-in key ("at-ease") or one's own ("own:seasick"). */
export type Word = string

/** What is written down and synced. */
export interface CheckInData {
  mood: Mood
  energy: Energy | null
  feelings: Word[]
  /** What's around it. */
  contexts: Word[]
  note: string | null
  /** "2026-11-22T07:15:00.000+01:00": the offset is the clock's where it happened. */
  happenedAt: string
  /** The IANA name of that clock's zone: "Europe/Dublin". */
  zone: string
}

/** A check-in as the screens read it. */
export interface CheckIn extends CheckInData {
  id: string
  /** The date on the clock where it happened: "2026-11-22". Never moves with the phone. */
  localDate: string
  /** `happenedAt` in milliseconds UTC. */
  instant: number
}

/** A check-in about to be recorded: all but the weather may be left out; without a time it is now. */
export type CheckInDraft = Pick<CheckInData, 'mood'> & Partial<CheckInData>

export const OWN_WORD = 'own:'
