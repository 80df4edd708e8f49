/** Reading agreements and what is shared from this phone's store. */

import { Dexie } from 'dexie'

import { database } from '../../store/database'
import { idFollowing } from '../../store/ids'
import { live, type Live } from '../../store/live'
import type { NeedsLook } from '../../store/lines'
import { localDateOf } from '../check_ins/local_time'
import type { CheckIn } from '../check_ins/model'
import { sharesAtMost, standingOf, type Standing } from './standing'
import type { ProposeArgs } from './agreement_kind'
import type { Agreement, AgreementChange, Promised, SharedCheckIn, SharingChange } from './agreement_model'
import { least, type Level } from './levels'
import type { Pair } from './model'
import { allPairs } from './queries'

const agreements = () => database.table<Agreement, string>('agreements')
const agreementChanges = () => database.table<AgreementChange, string>('agreement_changes')
const shared = () => database.table<SharedCheckIn, string>('shared_check_ins')
const sharingChanges = () => database.table<SharingChange, string>('sharing_changes')
const promised = () => database.table<Promised, string>('promised')

/** How the agreement of a pair stands. */
export function agreementOf(pair: Pair): Live<Standing> {
  return live(() => findStanding(pair))
}

export async function findStanding({ id, me }: Pair): Promise<Standing> {
  const found = await agreements().where('pair').equals(id).toArray()
  return standingOf(found, await agreementChanges().get(id), me.id)
}

/** A proposal of this phone that crossed one of the other's, or a yes that came too late: the server did not take it. */
export interface Crossed {
  line: NeedsLook
  /** Null: it was a yes. */
  terms: ProposeArgs['terms'] | null
}

/** The latest of them in this pair; null: there is none. */
export function crossedIn({ id }: Pair): Live<Crossed | null> {
  return live(async () => {
    const refused = await database.needs_look.orderBy('refusedAt').reverse().toArray()
    for (const line of refused) {
      const { pair, terms } = line.args as Partial<ProposeArgs>
      if (pair !== id) continue
      if (line.reason === 'other-proposal' && terms !== undefined) return { line, terms }
      if (line.reason === 'proposal-gone') return { line, terms: null }
    }
    return null
  })
}

/** How a check-in stands with one buddy. */
export interface SharingWith {
  pair: Pair
  /** What may be chosen at most. */
  atMost: Level
  level: Level
  /** `promised`: when it can no longer be taken back. `waiting`: when the server hears of it. */
  stands: 'promised' | 'waiting' | 'settled'
}

/** How a check-in stands with everybody with whom it could be shared, or is. */
export function sharingOf(checkIn: string): Live<SharingWith[]> {
  return live(async () => {
    const levels = (await promised().get(checkIn))?.levels ?? {}
    const found: SharingWith[] = []
    for (const pair of await allPairs()) {
      const atMost = sharesAtMost(await findStanding(pair))
      const waiting = await sharingChanges().get(`${pair.id} ${checkIn}`)
      const row = await shared().get(idFollowing(pair.me.id, checkIn))
      const promise = levels[pair.id]
      if (promise !== undefined) {
        found.push({ pair, atMost, level: least(promise, atMost), stands: 'promised' })
      } else if (waiting !== undefined) {
        found.push({ pair, atMost, level: least(waiting.level, atMost), stands: 'waiting' })
      } else if (row !== undefined || atMost !== 'nothing') {
        found.push({ pair, atMost, level: row?.level ?? 'nothing', stands: 'settled' })
      }
    }
    return found
  })
}

/** The other's check-ins in this pair, the latest first, at most so many. */
export function sharedBy(pair: Pair, most: number): Live<SharedCheckIn[]> {
  return live(() =>
    ofPair(pair.id)
      .reverse()
      .filter((row) => row.sharedBy !== pair.me.id)
      .limit(most)
      .toArray(),
  )
}

/** What all buddies have shared since then (milliseconds UTC), the latest first, at most so many. */
export function sharedSince(since: number, most: number): Live<{ pair: Pair; row: SharedCheckIn }[]> {
  return live(async () => {
    const rows = await shared().where('instant').above(since).reverse().toArray()
    if (rows.length === 0) return []
    const pairs = new Map((await allPairs()).map((pair) => [pair.id, pair]))
    return rows
      .flatMap((row) => {
        const pair = pairs.get(row.pair)
        return pair !== undefined && row.sharedBy !== pair.me.id ? [{ pair, row }] : []
      })
      .slice(0, most)
  })
}

/** A row of one's own in a pair, and what of it waits on this phone. */
export interface Seen {
  row: SharedCheckIn
  /** The check-in that it shows; null where it is not on this phone any more. */
  checkIn: string | null
  /** It is on its way out. */
  goes: boolean
}

/** What is not in the pair yet. */
export interface NotThere {
  checkIn: CheckIn | null
  id: string
  what: 'share' | 'edit' | 'delete'
  level: Level
  /** It can still be taken back on Today. */
  promised: boolean
}

/** What the other sees, as the server last told it, the latest first; and apart from it what waits on this phone. */
export function seenIn(pair: Pair): Live<{ rows: Seen[]; waiting: NotThere[] }> {
  return live(async () => {
    const mine = await ofPair(pair.id)
      .reverse()
      .filter(({ sharedBy }) => sharedBy === pair.me.id)
      .toArray()
    const rows: Seen[] = []
    const waiting: NotThere[] = []
    const changed = await changedCheckIns()
    const changes = await sharingChanges().where('pair').equals(pair.id).toArray()
    for (const row of mine) {
      const checkIn = await checkInOf(row, pair, [...changed.keys()])
      const change = changes.find((one) => one.checkIn === checkIn)
      rows.push({ row, checkIn, goes: change?.level === 'nothing' })
      const what = checkIn === null ? undefined : changed.get(checkIn)
      if (checkIn !== null && what !== undefined && change === undefined) {
        waiting.push({ ...(await there(checkIn)), what, level: row.level, promised: false })
      }
    }
    for (const { checkIn, level } of changes) {
      waiting.push({
        ...(await there(checkIn)),
        what: level === 'nothing' ? 'delete' : 'share',
        level,
        promised: false,
      })
    }
    for (const { id, levels } of await promised().toArray()) {
      const level = levels[pair.id]
      if (level === undefined || level === 'nothing') continue
      waiting.push({ ...(await there(id)), what: 'share', level, promised: true })
    }
    return { rows, waiting }
  })
}

function ofPair(pair: string) {
  return shared().where('[pair+instant]').between([pair, Dexie.minKey], [pair, Dexie.maxKey])
}

const checkIns = () => database.table<CheckIn, string>('check_ins')

async function there(id: string): Promise<Pick<NotThere, 'id' | 'checkIn'>> {
  return { id, checkIn: (await checkIns().get(id)) ?? null }
}

/** The check-in that a row of one's own shows: mostly one of the same time, otherwise one whose time was changed here. */
async function checkInOf(
  { id, happenedAt, instant }: SharedCheckIn,
  { me }: Pair,
  changed: readonly string[],
): Promise<string | null> {
  const shows = (checkIn: string): boolean => idFollowing(me.id, checkIn) === id
  const sameTime = await checkIns()
    .where('[localDate+instant]')
    .equals([localDateOf(happenedAt), instant])
    .primaryKeys()
  return sameTime.find(shows) ?? changed.find(shows) ?? null
}

/** What waits to be sent about check-ins: the last word about each. */
async function changedCheckIns(): Promise<Map<string, 'edit' | 'delete'>> {
  const changed = new Map<string, 'edit' | 'delete'>()
  for (const { name, args } of await database.outbox.orderBy('number').toArray()) {
    if (!name.startsWith('check_ins.')) continue
    const { id } = args as { id?: unknown }
    if (typeof id === 'string') changed.set(id, name === 'check_ins.delete' ? 'delete' : 'edit')
  }
  return changed
}
