/** Reaching out, as this phone knows it. */

export const WANTS = ['sit', 'listen', 'distract'] as const
export type Want = (typeof WANTS)[number]

/** How long each is waited for before the next is asked. */
export const MINUTES = [2, 5, 10, 20, 30] as const
export type Minutes = (typeof MINUTES)[number]

export const ANSWERS = ['can', 'cant', 'later'] as const
export type AskAnswer = (typeof ANSWERS)[number]

export type ReachOutState = 'open' | 'found' | 'nobody' | 'ended'

/** One who is to be asked. Why somebody is unreachable nobody is told. */
export interface ReachOutPart {
  /** The pair's space. */
  pair: string
  state: 'waiting' | 'asked' | 'unreachable'
}

/** A reach-out of this member's, as the server has it. */
export interface ReachOut {
  id: string
  want: Want
  minutes: number
  /** By the server's clock, milliseconds. */
  begunAt: number
  state: ReachOutState
  /** In the order in which they are asked. */
  parts: ReachOutPart[]
}

/** That one of a pair asks the other for company. */
export interface Ask {
  id: string
  pair: string
  /** The row in the pair of whoever asks. */
  by: string
  want: Want
  /** By the server's clock, milliseconds. */
  askedAt: number
  /** `passed`: it went on to somebody else, and can still be answered; `ended`: it is needed no longer. */
  state: 'open' | 'passed' | 'ended'
  answer: AskAnswer | null
}

/** This member wants nothing from any buddy until then (milliseconds); null: until they say. */
export interface StepBack {
  id: string
  until: number | null
}

/** What somebody wanted, on this phone: never in the outbox, for it must not go out by itself much later. */
export interface Wished {
  id: string
  want: Want
  pairs: string[]
  minutes: Minutes
  /** Milliseconds of this phone's clock. */
  begunAt: number
  /** `unsent`: it has reached nobody, as far as this phone knows. `refused`: the server said no, for `reason`. */
  state: 'unsent' | 'sent' | 'refused'
  reason?: string
  /** It is wanted no longer; kept until the server has heard so. */
  over?: true
  /** What the server said when it came, until the journal says more. */
  told?: { state: ReachOutState; parts: ReachOutPart[] }
}

/** What was chosen last. */
export interface WishedLast {
  want: Want
  minutes: Minutes
  /** All pairs in their order. */
  order: string[]
  /** Those of them that are not asked. */
  not: string[]
}
