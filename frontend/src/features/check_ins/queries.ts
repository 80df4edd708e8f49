/**
 * Reading check-ins from this phone's store, as far as Today needs it; looking_back.ts has the rest.
 * Everything is live: `$store` is undefined until the first answer.
 */

import { Dexie, type Table } from 'dexie'

import { database } from '../../store/database'
import { live, type Live } from '../../store/live'
import type { CheckIn } from './model'

export const table = (): Table<CheckIn, string> => database.table('check_ins')

/** One check-in; null where there is none. */
export function checkIn(id: string): Live<CheckIn | null> {
  return live(async () => (await table().get(id)) ?? null)
}

/** One check-in, once; undefined where there is none. */
export async function findCheckIn(id: string): Promise<CheckIn | undefined> {
  return table().get(id)
}

/** Those of a local date ("2026-11-22"), the latest first. */
export function checkInsOfDay(date: string): Live<CheckIn[]> {
  return live(() => between(date, date).reverse().toArray())
}

/** How many there are. */
export function countCheckIns(): Live<number> {
  return live(() => table().count())
}

/** Those whose local date lies in [from, to], by date and time. */
export function between(from: string, to: string) {
  return table().where('[localDate+instant]').between([from, Dexie.minKey], [to, Dexie.maxKey], true, true)
}
