/** What two agree on, and what one shows the other. */

import type { Mood } from '../check_ins/model'
import type { Level } from './levels'

/** What one of the two says for themselves. */
export interface Part {
  shares: Level
  /** 1 Monday … 7 Sunday, sorted: when they are around; none: it is not said. */
  days: number[]
  /** On their clock, "18:00"; both or neither. */
  hoursFrom: string | null
  hoursTo: string | null
  /** They answer when they can, and nobody counts on more. */
  notOnCall: boolean
}

/** What one proposes: their own part, and what both do. */
export interface Terms {
  part: Part
  /** What to do if one is worried; may be "". */
  worried: string
  /** The local date on which both look at it again: "2027-02-22". */
  reviewOn: string | null
}

/** An agreement as the server has it. */
export interface Agreement {
  id: string
  /** The pair's space. */
  pair: string
  state: 'in-force' | 'proposed'
  /** The row in the pair of whoever proposed it. */
  proposedBy: string
  /** By the rows of the two. */
  parts: Record<string, Part>
  worried: string
  reviewOn: string | null
}

/** What was said about the agreement of a pair on this phone, while it waits for the server. */
export interface AgreementChange {
  /** The pair's space. */
  id: string
  proposal: { id: string; answers: string | null; terms: Terms } | null
  /** Not more than this is shared from now on. */
  narrowed: Level | null
  /** The proposal that was said yes to. */
  yes: string | null
  /** Those that were put off the table. */
  no: string[]
}

/** What one of the two shows of a check-in, as both phones have it. */
export interface SharedCheckIn {
  id: string
  pair: string
  /** The row in the pair of whoever shares it. */
  sharedBy: string
  /** How far it is shared, also where there is nothing more to see yet. */
  level: Level
  mood: Mood | null
  feelings: string[]
  note: string | null
  /** As in a check-in. */
  happenedAt: string
  zone: string
  /** `happenedAt` in milliseconds UTC. */
  instant: number
}

/** That a check-in is to be shared with a buddy, or no more, while that waits for the server. */
export interface SharingChange {
  id: string
  pair: string
  checkIn: string
  /** `nothing`: it is taken back. */
  level: Level
}

/** What a screen has promised about a check-in whose Undo may still stand: shared when that is over. Never sent itself. */
export interface Promised {
  /** The check-in. */
  id: string
  /** The page on which it can be taken back. */
  page: string
  /** By the pair's space. */
  levels: Record<string, Level>
}
