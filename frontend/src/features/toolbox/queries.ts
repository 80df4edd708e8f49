/** Reading the toolbox from this phone's store. */

import { database } from '../../store/database'
import { live, type Live } from '../../store/live'
import { partsOf } from './helped'
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

/** Its tries, the latest first: of a strategy or an exercise by its key, as in `helped.ts`. */
export function practicesOf(key: string): Live<Practice[]> {
  const [what, id] = partsOf(key)
  return live(() => database.table<Practice>('practices').where(what).equals(id).reverse().sortBy('instant'))
}

/** Every try there is, once. */
export function allPractices(): Promise<Practice[]> {
  return database.table<Practice>('practices').toArray()
}
