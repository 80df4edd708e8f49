/** An answer given on the notification itself: safe on this phone first. */

import type { Store } from '../../store/database'
import { mutateIn } from '../../sync/mutate'
import './reach_out_kind'
import type { AskAnswer } from './reach_out_model'

/** False: the notification does not say which ask it is about. Throws a StorageError. */
export async function recordAskAnswer(
  store: Store,
  { pair, ask }: { pair: string | null; ask: string | null },
  answer: AskAnswer,
): Promise<boolean> {
  if (pair === null || ask === null) return false
  await mutateIn(store, 'asks.answer', { pair, id: ask, answer })
  return true
}
