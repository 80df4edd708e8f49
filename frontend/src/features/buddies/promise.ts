/** With a check-in goes what its member's agreements promise about it, in the same transaction. */

import { recall, type Store } from '../../store/database'
import type { Along } from '../../sync/mutate'
import { PAGE } from '../check_ins/undo_stands'
import { sharesAtMost, standingOf } from './standing'
import type { Agreement, AgreementChange, Promised } from './agreement_model'
import type { Level } from './levels'

/** To be recorded along with a check-in: by default what is agreed on is shared once its Undo is over. */
export const promise: Along = {
  tables: ['agreements', 'agreement_changes', 'promised'],
  async work(store, args) {
    const levels = await levelsNow(store)
    const { id } = args as { id: string }
    if (Object.keys(levels).length > 0) {
      await store.table<Promised, string>('promised').put({ id, page: PAGE, levels })
    }
    return true
  },
}

/** How much of a check-in each pair is shown by what is agreed on; those that are shown nothing are left out. */
async function levelsNow(store: Store): Promise<Record<string, Level>> {
  const agreements = await store.table<Agreement, string>('agreements').toArray()
  if (agreements.length === 0) return {}
  const changes = await store.table<AgreementChange, string>('agreement_changes').toArray()
  const levels: Record<string, Level> = {}
  for (const { id, me } of (await recall(store, 'spaces')) ?? []) {
    if (typeof me !== 'string') continue
    const ofPair = agreements.filter(({ pair }) => pair === id)
    const change = changes.find((one) => one.id === id)
    const level = sharesAtMost(standingOf(ofPair, change, me))
    if (level !== 'nothing') levels[id] = level
  }
  return levels
}
