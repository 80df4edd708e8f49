/** An answer given on the notification itself is a check-in like any other: safe on this phone first. */

import type { Store } from '../../store/database'
import { idFollowing } from '../../store/ids'
import { mutateIn } from '../../sync/mutate'
import { promise } from '../buddies/promise'
import { onClock } from '../check_ins/local_time'
import { ANSWERS, type AnswerName } from './notice'

/** Names of answers: the same push answered twice is one check-in. */
const OF_PUSHES = '0d1c3e0a-5f0e-4a55-9c1e-6b1f0e1f4a10'

/**
 * Records it as of `now` (milliseconds) on the clock of `zone`; returns its id. Throws a StorageError.
 * What buddies are to see of it they see when the app has been opened: a lock screen has no Undo.
 */
export async function recordAnswer(
  store: Store,
  { key, action }: { key: string; action: AnswerName },
  now: number,
  zone: string,
): Promise<string> {
  const id = idFollowing(OF_PUSHES, key)
  const nothing = { energy: null, feelings: [], contexts: [], note: null }
  const checkIn = { id, mood: ANSWERS[action], ...nothing, happenedAt: onClock(now, zone), zone }
  await mutateIn(store, 'check_ins.record', checkIn, { once: true, along: promise })
  return id
}
