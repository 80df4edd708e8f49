/** What a person can do with their toolbox. Each promise resolves when the change is safe on this phone. */

import { newId } from '../../store/ids'
import { mutate, type MutateOptions } from '../../sync/mutate'
import { onClock, zoneHere } from '../check_ins/local_time'
import './kind'
import type { PracticeData, Strategy, StrategyData } from './model'
import { findStrategy } from './queries'

/** Saves a strategy, a new one without an id. Returns its id. Throws a StorageError. */
export async function setStrategy(
  data: StrategyData,
  id: string = newId(),
  options?: MutateOptions,
): Promise<string> {
  const { title, kind, steps, minutes, moods, feelings, contexts, places, source } = data
  const args = { id, title, kind, steps, minutes, moods, feelings, contexts, places, source }
  await mutate('strategies.set', args, options)
  return id
}

/** Takes it away and returns what it was, for `restoreStrategy`. Its tries stay. Throws a StorageError. */
export async function deleteStrategy(id: string, options?: MutateOptions): Promise<Strategy | undefined> {
  const before = await findStrategy(id)
  await mutate('strategies.delete', { id }, options)
  return before
}

/** Undo of a deletion. Throws a StorageError. */
export async function restoreStrategy({ id, ...data }: Strategy): Promise<void> {
  await setStrategy(data, id)
}

/** What became of trying something just now. Returns its id. Throws a StorageError. */
export async function recordPractice(
  told: Omit<PracticeData, 'happenedAt' | 'zone'>,
  options?: MutateOptions,
): Promise<string> {
  const id = newId()
  const zone = zoneHere()
  await mutate('practices.record', { id, ...told, happenedAt: onClock(Date.now(), zone), zone }, options)
  return id
}
