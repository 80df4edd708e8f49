/** Reading buddies from this phone's store. */

import { database, recall } from '../../store/database'
import { live, type Live } from '../../store/live'
import type { Buddy, Pair, PairChange } from './model'

/** All pairs that are not over, by the other's name. */
export function pairs(): Live<Pair[]> {
  return live(allPairs)
}

/** One; null where there is none (any more). */
export function pairWith(id: string): Live<Pair | null> {
  let last: Pair | null = null
  return live(async () => {
    const found = (await allPairs()).find((pair) => pair.id === id) ?? null
    // Every sync writes the spaces anew. What stands on the same pair is not to be drawn again for it.
    if (JSON.stringify(found) !== JSON.stringify(last)) last = found
    return last
  })
}

/** All pairs that are not over, once. */
export async function allPairs(): Promise<Pair[]> {
  const changes = new Map((await changedPairs()).map((change) => [change.id, change]))
  const found: Pair[] = []
  for (const { id, kind, me: mine } of (await recall(database, 'spaces')) ?? []) {
    if (kind !== 'pair') continue
    const two = await buddiesOf(id)
    const me = two.find((one) => one.id === mine)
    const other = two.find((one) => one.id !== mine)
    const change = changes.get(id)
    if (me === undefined || other === undefined || change?.over) continue
    found.push({ id, me: { ...me, name: change?.name ?? me.name }, other })
  }
  return found.sort((one, another) => one.other.name.localeCompare(another.other.name))
}

/** Those that are over on this phone, and not yet on the server: what the other is called. */
export function partingFrom(): Live<string[]> {
  return live(async () => {
    const over = (await changedPairs()).filter((change) => change.over)
    const mine = new Map(((await recall(database, 'spaces')) ?? []).map(({ id, me }) => [id, me]))
    const two = await Promise.all(over.map(({ id }) => buddiesOf(id)))
    return two.flat().flatMap(({ id, pair, name }) => (mine.get(pair) === id ? [] : [name]))
  })
}

function buddiesOf(pair: string): Promise<Buddy[]> {
  return database.table<Buddy, string>('buddies').where('pair').equals(pair).toArray()
}

async function changedPairs(): Promise<PairChange[]> {
  const [changes, reports] = await Promise.all([
    database.table<PairChange, string>('pair_changes').toArray(),
    // One that waits may end the pair with it.
    database.table<{ id: string; over?: string }, string>('reports').toArray(),
  ])
  return [
    ...changes,
    ...reports.flatMap(({ over }) => (over === undefined ? [] : [{ id: over, over: true as const }])),
  ]
}

/** A sync that was asked for comes within a breath, if it comes at all. Milliseconds. */
const BREATH = 8_000

/** Waits for a pair that just began to reach this phone; false: it has not, yet. */
export async function hasArrived(id: string): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (arrived: boolean): void => {
      clearTimeout(timer)
      queueMicrotask(() => stop())
      resolve(arrived)
    }
    const timer = setTimeout(() => end(false), BREATH)
    const stop = pairWith(id).subscribe((pair) => {
      if (pair) end(true)
    })
  })
}
