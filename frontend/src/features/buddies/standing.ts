/** How the agreement of a pair stands, and what may be shared by it. Pure. */

import type { Agreement, AgreementChange, Part } from './agreement_model'
import { least, type Level } from './levels'

/** What somebody says who has said nothing. */
export const NO_PART: Part = { shares: 'nothing', days: [], hoursFrom: null, hoursTo: null, notOnCall: false }

/** Both parts, and what both do. */
export interface Whole {
  mine: Part
  theirs: Part
  worried: string
  reviewOn: string | null
}

export interface Proposal extends Whole {
  id: string
  by: 'me' | 'other'
  /** False while it waits on this phone. */
  sent: boolean
}

export interface Standing {
  /** What both said yes to; null: nothing yet. */
  inForce: Whole | null
  /** What lies on the table. */
  proposal: Proposal | null
  /** It was said yes to here, and the server has not heard of it. */
  saidYes: boolean
}

/** How it stands for the member who is the row `me` of the pair, with what waits on this phone. */
export function standingOf(
  agreements: readonly Agreement[],
  change: AgreementChange | undefined,
  me: string,
): Standing {
  const holds = agreements.find(({ state }) => state === 'in-force')
  const tabled = agreements.find(({ id, state }) => state === 'proposed' && !change?.no.includes(id))
  return {
    inForce: holds === undefined ? null : wholeOf(holds, me, change?.narrowed ?? null),
    proposal: proposalOf(tabled, holds, change, me),
    saidYes: tabled !== undefined && change?.yes === tabled.id,
  }
}

function proposalOf(
  tabled: Agreement | undefined,
  holds: Agreement | undefined,
  change: AgreementChange | undefined,
  me: string,
): Proposal | null {
  const waiting = change?.proposal ?? null
  const ofOther = tabled !== undefined && tabled.proposedBy !== me
  // One that crossed the other's on its way comes back: theirs was there first.
  if (waiting !== null && !(ofOther && waiting.answers !== tabled.id)) {
    const base = tabled ?? holds
    const { part, worried, reviewOn } = waiting.terms
    const theirs = base === undefined ? NO_PART : partOfOther(base, me)
    return { id: waiting.id, by: 'me', sent: false, mine: part, theirs, worried, reviewOn }
  }
  if (tabled === undefined) return null
  const whole = wholeOf(tabled, me, change?.narrowed ?? null)
  return { ...whole, id: tabled.id, by: ofOther ? 'other' : 'me', sent: true }
}

function wholeOf(agreement: Agreement, me: string, narrowed: Level | null): Whole {
  const { parts, worried, reviewOn } = agreement
  const mine = parts[me] ?? NO_PART
  const shares = narrowed === null ? mine.shares : least(mine.shares, narrowed)
  return { mine: { ...mine, shares }, theirs: partOfOther(agreement, me), worried, reviewOn }
}

function partOfOther({ parts }: Agreement, me: string): Part {
  return Object.entries(parts).find(([member]) => member !== me)?.[1] ?? NO_PART
}

/** How much of a check-in the member shares at most: less counts at once, more when both have said yes. */
export function sharesAtMost({ inForce, proposal }: Standing): Level {
  if (inForce === null) return 'nothing'
  const { shares } = inForce.mine
  return proposal?.by === 'me' ? least(shares, proposal.mine.shares) : shares
}
