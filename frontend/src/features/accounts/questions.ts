import type { AskToAdopt, OtherOwner } from './session'

/** What a sign-in may ask before it is done. */
export type Question = AskToAdopt | OtherOwner
