/**
 * Reaching out on this phone. It needs the network: what could not be sent is kept here and not in the outbox, goes by
 * itself within ten minutes, and later not without being asked for again.
 */

import { Problem, Unreachable } from '../../api/client'
import { database, recall, remember, type Store } from '../../store/database'
import { newId } from '../../store/ids'
import { save } from '../../store/saving'
import { askForBackgroundSync } from '../../sync/background'
import { mutate } from '../../sync/mutate'
import { announce } from '../../sync/wanted'
import './reach_out_kind'
import type { AskAnswer, ReachOut, Wished, WishedLast } from './reach_out_model'
import { deleteReachOut, putReachOut } from './reach_out_requests'
import { isFresh, REMEMBERED } from './reach_out_rules'

/** Wants company, of these in this order: kept here first, then sent. Throws a StorageError. */
export async function reachOut(
  wish: Pick<Wished, 'want' | 'pairs' | 'minutes'>,
  last: WishedLast,
): Promise<void> {
  const wished: Wished = { id: newId(), ...wish, begunAt: Date.now(), state: 'unsent' }
  await save(database, [database.meta], async () => {
    await remember(database, 'wished', wished)
    await remember(database, 'wishedLast', last)
  })
  void askForBackgroundSync()
  await sendWished(database).catch(() => false)
  announce('wanted')
}

/** The same once more, from now. Throws a StorageError. */
export async function askAgain(wished: Wished): Promise<void> {
  const { want, pairs, minutes } = wished
  const last = (await recall(database, 'wishedLast')) ?? { want, minutes, order: pairs, not: [] }
  await reachOut({ want, pairs, minutes }, last)
}

/** It is wanted no longer: gone from this phone's screens at once, and from the others' when the server has heard. */
export async function takeBack(shown: Wished): Promise<void> {
  await save(database, [database.meta], async () => {
    const here = await recall(database, 'wished')
    if (here?.id === shown.id) await remember(database, 'wished', { ...here, over: true })
    // Begun on another of this member's phones, it is over from here too; what was begun anew here meanwhile is not.
    else if (here === undefined || here.begunAt < shown.begunAt) {
      await remember(database, 'wished', { ...shown, over: true })
    }
  })
  void askForBackgroundSync()
  await sendWished(database).catch(() => false)
  announce('wanted')
}

/**
 * Sends what waits to be sent, if it is still wanted. Throws Problem or Unreachable where it has to be tried again, so
 * that the worker is woken once more. False: there was nothing to send.
 */
export async function sendWished(store: Store, now: () => number = Date.now): Promise<boolean> {
  const wished = await recall(store, 'wished')
  if (wished === undefined) return false
  if (wished.over) {
    await takenBack(store, wished, now())
    return true
  }
  if (wished.state !== 'unsent' || !isFresh(wished.begunAt, now())) return false
  try {
    const told = await putReachOut(wished, now())
    await change(store, wished.id, (kept) => ({ ...kept, state: 'sent', told }))
  } catch (error) {
    if (error instanceof Unreachable || (error instanceof Problem && error.status >= 500)) throw error
    const reason = error instanceof Problem ? error.code : 'failed'
    await change(store, wished.id, (kept) => ({ ...kept, state: 'refused', reason }))
  }
  // Taken back while it was on its way.
  const after = await recall(store, 'wished')
  if (after?.over) await takenBack(store, after, now())
  return true
}

/** Answers a buddy; safe on this phone first, and sent like everything else. Throws a StorageError. */
export function answerAsk(pair: string, id: string, answer: AskAnswer): Promise<void> {
  return mutate('asks.answer', { pair, id, answer })
}

/** Steps back until then (milliseconds), or (null) until they say. Throws a StorageError. */
export function stepBack(until: number | null): Promise<void> {
  return mutate('step_back.set', { until: until === null ? null : new Date(until).toISOString() })
}

/** Is there again. Throws a StorageError. */
export function endStepBack(): Promise<void> {
  return mutate('step_back.end', {})
}

async function takenBack(store: Store, { id, begunAt }: Wished, now: number): Promise<void> {
  // After a day the server has forgotten it by itself.
  if (Math.abs(now - begunAt) < REMEMBERED) await deleteReachOut(id)
  const reachOuts = store.table<ReachOut, string>('reach_outs')
  await save(store, [store.meta, reachOuts], async () => {
    const wished = await recall(store, 'wished')
    if (wished?.id !== id) return
    await remember(store, 'wished', undefined)
    // The journal says so with the next pull. Until then it would look as if it had not ended.
    await reachOuts.delete(id)
  })
}

/** Another tab, or the worker, may have begun anew meanwhile: then this is none of its business. */
async function change(store: Store, id: string, to: (wished: Wished) => Wished): Promise<void> {
  await save(store, [store.meta], async () => {
    const wished = await recall(store, 'wished')
    if (wished?.id === id) await remember(store, 'wished', to(wished))
  })
}
