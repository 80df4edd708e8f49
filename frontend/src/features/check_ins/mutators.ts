/** What a person can do with check-ins. Each promise resolves when the change is safe on this phone, and no sooner. */

import { database } from '../../store/database'
import { newId } from '../../store/ids'
import { mutate, type MutateOptions } from '../../sync/mutate'
import './kind'
import { onClock, zoneHere } from './local_time'
import type { CheckIn, CheckInData, CheckInDraft } from './model'
import { NotACheckIn, problemsOf } from './rules'

/** Records a moment; without a time it is now, on this phone's clock. Returns its id. Throws NotACheckIn or a StorageError. */
export async function recordCheckIn(draft: CheckInDraft, options?: MutateOptions): Promise<string> {
  const zone = draft.zone ?? zoneHere()
  const now = Date.now()
  const data: CheckInData = {
    mood: draft.mood,
    energy: draft.energy ?? null,
    feelings: draft.feelings ?? [],
    contexts: draft.contexts ?? [],
    note: draft.note ?? null,
    happenedAt: draft.happenedAt ?? onClock(now, zone),
    zone,
  }
  ensure(data, now)
  const id = newId()
  await mutate('check_ins.record', { id, ...data }, options)
  return id
}

/** Changes what is given, and leaves the rest. Throws NotACheckIn or a StorageError. */
export async function editCheckIn(
  id: string,
  changes: Partial<CheckInData>,
  options?: MutateOptions,
): Promise<void> {
  ensure(changes, Date.now())
  await mutate('check_ins.edit', { id, ...changes }, options)
}

/** Takes it away and returns what it was, for `restoreCheckIn`; undefined where it was gone already. Throws a StorageError. */
export async function deleteCheckIn(id: string, options?: MutateOptions): Promise<CheckIn | undefined> {
  const before = await database.table<CheckIn, string>('check_ins').get(id)
  await mutate('check_ins.delete', { id }, options)
  return before
}

/** Undo of a deletion: brings it back as it was. Throws a StorageError. */
export async function restoreCheckIn(checkIn: CheckIn): Promise<void> {
  const { localDate: _localDate, instant: _instant, ...args } = checkIn
  await mutate('check_ins.record', args)
}

function ensure(data: Partial<CheckInData>, now: number): void {
  const problems = problemsOf(data, now)
  if (problems.length > 0) throw new NotACheckIn(problems)
}
