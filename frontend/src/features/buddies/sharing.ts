/** What a person can do about sharing. Each promise resolves when the change is safe on this phone. */

import { database } from '../../store/database'
import { newId } from '../../store/ids'
import { save } from '../../store/saving'
import { mutate, type Along, type MutateOptions } from '../../sync/mutate'
import { type Standing } from './standing'
import { narrows, needsYes, tidy } from './terms'
import type { OfProposalArgs } from './agreement_kind'
import './agreement_kind'
import type { AgreementChange, Promised, Terms } from './agreement_model'
import type { Level } from './levels'

/** What became of terms: `in-force` where nobody else had to say yes. */
export type Sent = 'proposed' | 'in-force'

/**
 * Proposes these terms in a pair. Sharing less is said by itself, so that it counts whatever becomes of the rest.
 * Throws a StorageError.
 */
export async function sendTerms(
  pair: string,
  standing: Standing,
  terms: Terms,
  options: MutateOptions = {},
): Promise<Sent> {
  const said = tidy(terms)
  const asks = needsYes(standing, said)
  if (narrows(standing, said)) {
    await mutate('agreements.narrow', { pair, level: said.part.shares }, asks ? {} : options)
  }
  if (!asks) return 'in-force'
  const { proposal } = standing
  const answers = proposal?.by === 'other' ? proposal.id : null
  await mutate('agreements.propose', { pair, id: newId(), answers, terms: said }, options)
  return 'proposed'
}

/** Says yes to what the other proposes, once however often it is tapped. Throws a StorageError. */
export const acceptProposal = (pair: string, id: string): Promise<void> =>
  mutate('agreements.accept', { pair, id }, { along: unlessSaid })

/** The server takes one yes: to a second one the proposal would be gone. */
const unlessSaid: Along = {
  tables: ['agreement_changes'],
  async work(store, args) {
    const { pair, id } = args as OfProposalArgs
    return (await store.table<AgreementChange, string>('agreement_changes').get(pair))?.yes !== id
  },
}

/** Puts a proposal off the table, one's own or the other's. Throws a StorageError. */
export const declineProposal = (pair: string, id: string): Promise<void> =>
  mutate('agreements.decline', { pair, id })

/** Shares a check-in in this pair as far as this, or no more; while it can be taken back, later. Throws a StorageError. */
export async function shareWith(pair: string, checkIn: string, level: Level): Promise<void> {
  const promised = database.table<Promised, string>('promised')
  const later = await save(database, [promised], async () => {
    const stands = await promised.get(checkIn)
    if (stands === undefined) return false
    await promised.put({ ...stands, levels: { ...stands.levels, [pair]: level } })
    return true
  })
  if (later) return
  if (level === 'nothing') await mutate('shared_check_ins.take_back', { pair, id: checkIn })
  else await mutate('shared_check_ins.share', { pair, id: checkIn, level })
}
