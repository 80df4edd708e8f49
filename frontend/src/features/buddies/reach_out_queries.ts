/** Reading about reaching out from this phone's store. */

import { database, recall } from '../../store/database'
import { live, type Live } from '../../store/live'
import type { Pair } from './model'
import { allPairs } from './queries'
import { STEP_BACK_ID } from './reach_out_kind'
import type { Ask, ReachOut, StepBack, Wished, WishedLast } from './reach_out_model'
import { isMinutes, REMEMBERED } from './reach_out_rules'
import { findStanding } from './sharing_queries'

const asks = () => database.table<Ask, string>('asks')
const reachOuts = () => database.table<ReachOut, string>('reach_outs')

/** Everything that is needed to say how it stands; `wished` null: nothing is wanted just now. */
export interface Around {
  wished: Wished | null
  last: WishedLast | undefined
  row: ReachOut | undefined
  asks: Ask[]
  /** All of them, and those who can be asked: both have said yes to an agreement. */
  pairs: Pair[]
  agreed: Pair[]
}

export function aroundReachOut(): Live<Around> {
  return live(async () => {
    const pairs = await allPairs()
    const wished = await findWished()
    return {
      wished,
      last: await recall(database, 'wishedLast'),
      row: wished === null ? undefined : await reachOuts().get(wished.id),
      asks: await asks().toArray(),
      pairs,
      agreed: await agreedOf(pairs),
    }
  })
}

/** Which pairs can be asked for company at all, and whether something is going on. */
export function canReachOut(): Live<{ agreed: string[]; wished: boolean }> {
  return live(async () => ({
    agreed: (await agreedOf(await allPairs())).map(({ id }) => id),
    wished: (await findWished()) !== null,
  }))
}

/** What buddies ask, all that this phone has. */
export function asksAndPairs(): Live<{ asks: Ask[]; pairs: Pair[] }> {
  return live(async () => ({ asks: await asks().toArray(), pairs: await allPairs() }))
}

/** Until when this member has stepped back (milliseconds); `until` null: until they say. Null: they have not. */
export function steppedBack(): Live<StepBack | null> {
  return live(async () => (await database.table<StepBack, string>('step_back').get(STEP_BACK_ID)) ?? null)
}

async function agreedOf(pairs: readonly Pair[]): Promise<Pair[]> {
  const standings = await Promise.all(pairs.map(findStanding))
  return pairs.filter((_, index) => (standings[index]?.inForce ?? null) !== null)
}

/** What was wanted here, or, where this phone has nothing of its own, on another of this member's. */
async function findWished(): Promise<Wished | null> {
  const here = await recall(database, 'wished')
  if (here?.over) return null
  if (here !== undefined && Date.now() - here.begunAt < REMEMBERED) return here
  const [open] = (await reachOuts().toArray())
    .filter(({ state }) => state !== 'ended')
    .sort((one, other) => other.begunAt - one.begunAt)
  if (open === undefined) return null
  const { id, want, minutes, begunAt } = open
  const pairs = open.parts.map(({ pair }) => pair)
  return { id, want, pairs, minutes: isMinutes(minutes) ? minutes : 5, begunAt, state: 'sent' }
}
