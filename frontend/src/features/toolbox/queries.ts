/** Reading the toolbox from this phone's store. */

import { database } from '../../store/database'
import { live, type Live } from '../../store/live'
import type { Practice, Strategy } from './model'

/** All of them, by title. */
export function strategies(): Live<Strategy[]> {
  return live(allStrategies)
}

/** All of them, once. */
export async function allStrategies(): Promise<Strategy[]> {
  const found = await database.table<Strategy, string>('strategies').toArray()
  return found.sort((one, other) => one.title.localeCompare(other.title) || (one.id < other.id ? -1 : 1))
}

/** One; undefined where there is none. */
export function findStrategy(id: string): Promise<Strategy | undefined> {
  return database.table<Strategy, string>('strategies').get(id)
}

/** The same, as it changes; null: there is none. */
export function strategy(id: string): Live<Strategy | null> {
  return live(async () => (await findStrategy(id)) ?? null)
}

/** Its tries, the latest first. */
export function practicesOf(id: string): Live<Practice[]> {
  return live(() =>
    database.table<Practice>('practices').where('strategy').equals(id).reverse().sortBy('instant'),
  )
}
