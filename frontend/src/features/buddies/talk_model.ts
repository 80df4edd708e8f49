/** What two say to each other, as this phone knows it. */

export const SIGNALS = ['here', 'hard', 'thinking', 'glad'] as const
export type Signal = (typeof SIGNALS)[number]

interface OfTalk {
  id: string
  pair: string
  /** The row in the pair of whoever said it; null: somebody on this phone, and the server has not heard of it. */
  by: string | null
  /** The version of the pair that brought it; null while it is on this phone alone. */
  version: number | null
  /** Orders a conversation: as the server has it, and what waits behind that. */
  place: number
  /** When it was sent, milliseconds UTC; while it waits, when it was said here. */
  at: number
}

export interface SaidSignal extends OfTalk {
  what: 'signal'
  signal: Signal
  /** The shared check-in that it answers. */
  about: string | null
}

export interface SaidMessage extends OfTalk {
  what: 'message'
  text: string
}

export type Said = SaidSignal | SaidMessage

/** How far one of the two has got it: versions of the pair. */
export interface Reading {
  id: string
  pair: string
  received: number
  /** Null: they do not tell. */
  seen: number | null
}

/** How far this phone has got it, while the server has not heard of that. */
export interface ReadingMark {
  /** The pair's space. */
  id: string
  received: number
  seen: number | null
}

/** What a member wants of a pair. */
export interface Choices {
  messages: boolean
  signals: boolean
  sharedCheckIns: boolean
  asks: boolean
  /** Proposals, a yes to them, and the day to look at an agreement again. */
  agreements: boolean
  nameOnLockScreen: boolean
  showSeen: boolean
}

export interface PairChoice extends Choices {
  id: string
  pair: string
}

/** What was chosen on this phone, while it waits for the server. */
export interface PairChoiceChange extends Partial<Choices> {
  /** The pair's space. */
  id: string
}

export const NO_CHOICE: Choices = {
  messages: true,
  signals: true,
  sharedCheckIns: false,
  asks: true,
  agreements: true,
  nameOnLockScreen: false,
  showSeen: false,
}
