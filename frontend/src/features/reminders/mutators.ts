/** What a person can do with reminders. Each promise resolves when the change is safe on this phone. */

import { database, recall, remember } from '../../store/database'
import { newId } from '../../store/ids'
import { save } from '../../store/saving'
import { mutate, type MutateOptions } from '../../sync/mutate'
import { zoneHere } from '../check_ins/local_time'
import './kind'
import type { Reminder, ReminderData, RemindingData } from './model'
import { allReminders, findReminder, findReminding } from './queries'

/** Saves a reminder, a new one without an id. Returns its id. Throws a StorageError. */
export async function setReminder(
  data: ReminderData,
  id: string = newId(),
  options?: MutateOptions,
): Promise<string> {
  if ((await findReminding()) === undefined) await setReminding({})
  const { label, times, weekdays, zone, skipHours, on } = data
  await mutate('reminders.set', { id, label, times, weekdays, zone, skipHours, on }, options)
  return id
}

/** Takes it away and returns what it was, for `restoreReminder`. Throws a StorageError. */
export async function deleteReminder(id: string, options?: MutateOptions): Promise<Reminder | undefined> {
  const before = await findReminder(id)
  await mutate('reminders.delete', { id }, options)
  return before
}

/** Undo of a deletion. Throws a StorageError. */
export async function restoreReminder({ id, ...data }: Reminder): Promise<void> {
  await setReminder(data, id)
}

/** Changes what is given, for all reminders. The first time it says as well where this phone is. Throws a StorageError. */
export async function setReminding(changes: Partial<RemindingData>): Promise<void> {
  const first = (await findReminding()) === undefined
  await mutate('reminding.set', first ? { zone: zoneHere(), ...changes } : changes)
  const { zone } = changes
  if (first || zone !== undefined) await rememberZone(zone ?? zoneHere())
}

/** The answer to "you seem to have travelled": the reminders go on following the phone. */
export async function goOnFollowing(): Promise<void> {
  await save(database, [database.meta], () => remember(database, 'travelled', undefined))
}

/** The other answer: those that followed the phone stay on the clock they came from. Throws a StorageError. */
export async function stayOnClockOf(zone: string): Promise<void> {
  for (const { id, ...data } of await allReminders()) {
    if (data.zone === null) await setReminder({ ...data, zone }, id)
  }
  await goOnFollowing()
}

async function rememberZone(zone: string): Promise<void> {
  await save(database, [database.meta], async () => {
    await remember(database, 'zone', zone)
    // Home again before anybody answered: there is nothing left to ask.
    if ((await recall(database, 'travelled'))?.from === zone) await remember(database, 'travelled', undefined)
  })
}
