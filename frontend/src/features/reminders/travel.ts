/** Where this phone is. It tells when it has come to another zone itself: two phones in two zones do not argue. */

import { database, recall, remember, type Store } from '../../store/database'
import { save } from '../../store/saving'
import { mutateIn } from '../../sync/mutate'
import { REMINDING_ID } from './kind'
import type { Reminding } from './model'

/** What became of it: `moved` means that a change waits in the outbox. */
export type Whereabouts = 'same' | 'moved'

/**
 * Compares `here` (the phone's zone now) with where it was, and has the reminders follow.
 * `known` is the zone that a push was sent for, where the phone has not noted its own. Throws a StorageError.
 */
export async function noteZone(store: Store, here: string, known?: string): Promise<Whereabouts> {
  const reminding = await store.table<Reminding, string>('reminding').get(REMINDING_ID)
  const before = (await recall(store, 'zone')) ?? known
  if (before === here) return 'same'
  const follows = reminding !== undefined && before !== undefined && reminding.zone !== here
  if (follows) await mutateIn(store, 'reminding.set', { zone: here })
  await save(store, [store.meta, 'reminders'], async () => {
    await remember(store, 'zone', here)
    if (!follows) return
    const from = (await recall(store, 'travelled'))?.from ?? before
    const anyFollows = (await store.table('reminders').toArray()).some(({ zone }) => zone === null)
    await remember(store, 'travelled', anyFollows && from !== here ? { from, to: here } : undefined)
  })
  return follows ? 'moved' : 'same'
}

/** For the page's start. */
export function noteZoneHere(here: string): Promise<Whereabouts> {
  return noteZone(database, here)
}
