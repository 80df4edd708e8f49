/** Reading reminders from this phone's store. */

import { database, recall } from '../../store/database'
import { live, type Live } from '../../store/live'
import type { Meta } from '../../store/lines'
import { REMINDING_ID } from './kind'
import type { Reminder, Reminding } from './model'

/** All of them, by their first time. */
export function reminders(): Live<Reminder[]> {
  return live(allReminders)
}

/** All of them, once. */
export async function allReminders(): Promise<Reminder[]> {
  const found = await database.table<Reminder, string>('reminders').toArray()
  return found.sort((one, other) => keyOf(one).localeCompare(keyOf(other), 'en'))
}

const keyOf = ({ times, id }: Reminder): string => `${times.join(' ')} ${id}`

/** One; undefined where there is none. */
export function findReminder(id: string): Promise<Reminder | undefined> {
  return database.table<Reminder, string>('reminders').get(id)
}

/** What holds for all of them; null: nothing was set yet. */
export function reminding(): Live<Reminding | null> {
  return live(async () => (await findReminding()) ?? null)
}

export function findReminding(): Promise<Reminding | undefined> {
  return database.table<Reminding, string>('reminding').get(REMINDING_ID)
}

/** The question after travel, while it is open. */
export function travelled(): Live<Meta['travelled'] | null> {
  return live(async () => (await recall(database, 'travelled')) ?? null)
}
