/** What was promised about check-ins is shared, once they cannot be taken back any more. */

import { database, type Store } from '../../store/database'
import { mutate, type Along } from '../../sync/mutate'
import type { CheckIn } from '../check_ins/model'
import { undoStandsOn } from '../check_ins/undo_stands'
import type { ShareArgs } from './agreement_kind'
import type { Promised } from './agreement_model'
import type { Level } from './levels'

const promisedIn = (store: Store) => store.table<Promised, string>('promised')

/** Shares all that no page can take back: after the Undo, and at the next start where the page was killed before. */
export async function makeGood(): Promise<void> {
  for (const { id, page, levels } of await promisedIn(database).toArray()) {
    if (await undoStandsOn(page)) continue
    for (const [pair, level] of Object.entries(levels)) await share({ pair, id, level })
  }
}

async function share(args: ShareArgs): Promise<void> {
  await mutate('shared_check_ins.share', args, { along: takingThePromise })
}

/** The promise goes in the transaction that keeps it: it is made good once, as it stands then, and not for what is gone. */
const takingThePromise: Along = {
  tables: ['promised', 'check_ins'],
  async work(store, args) {
    const { pair, id, level } = args as ShareArgs
    const promised = await promisedIn(store).get(id)
    const stands = promised?.levels[pair]
    if (promised === undefined || stands === undefined || stands !== level) return false
    const there = (await store.table<CheckIn, string>('check_ins').get(id)) !== undefined
    await without(store, promised, pair)
    return there && stands !== 'nothing'
  },
}

async function without(store: Store, { levels, ...promised }: Promised, pair: string): Promise<void> {
  const left = Object.fromEntries(Object.entries(levels).filter(([other]) => other !== pair)) as Record<
    string,
    Level
  >
  if (Object.keys(left).length === 0) await promisedIn(store).delete(promised.id)
  else await promisedIn(store).put({ ...promised, levels: left })
}
