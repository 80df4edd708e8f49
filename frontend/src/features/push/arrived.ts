/** A push has come: what the store knows about it, and what is written down because of it. Runs in the worker. */

import { recall, remember, type Store } from '../../store/database'
import { save } from '../../store/saving'
import type { CheckIn } from '../check_ins/model'
import { dateIn, isZone, offsetMinutes } from '../check_ins/local_time'
import { REMINDING_ID } from '../reminders/kind'
import type { Reminder, Reminding } from '../reminders/model'
import { isPausedOn } from '../reminders/rules'
import { noteZone } from '../reminders/travel'
import type { Knowledge } from './notice'
import type { Told } from './payload'

const HOUR = 3_600_000

/** Looks in the store, and notes that the phone is in another zone than the push was sent for. Throws a StorageError. */
export async function knowledgeOf(
  store: Store,
  told: Told | null,
  here: string,
  now: number,
): Promise<Exclude<Knowledge, 'nothing'>> {
  const nobody = !(await recall(store, 'owner'))
  if (nobody || told?.kind !== 'reminder') return { nobody, done: false, off: false, moved: false }
  const moved = await hasMoved(store, told, here, now)
  return { nobody, done: await isDone(store, told, now), off: await isOff(store, told), moved }
}

/** Remembers that it has reached this phone: "A push last reached this phone: today 08:00". */
export async function noteReached(store: Store, key: string, at: number): Promise<void> {
  await save(store, [store.meta], () => remember(store, 'pushReached', { key, at }))
}

/** The preferred language as it is synced; undefined where none was chosen. */
export async function chosenLanguage(store: Store): Promise<string | undefined> {
  const chosen = await store.table<{ key: string; value: string }>('preferences').get({ key: 'language' })
  return chosen?.value
}

/** It was sent for another clock than this phone shows, and the server has not heard of that yet. */
async function hasMoved(store: Store, { follows, zone }: Told, here: string, now: number): Promise<boolean> {
  if (!follows || zone === null || !isZone(zone)) return false
  const known = (await noteZone(store, here, zone)) === 'same' && !(await zoneWaits(store, here))
  return !known && !sameClock(zone, here, now)
}

/** Whether the change of zone is still on its way: a page may have noted it before. */
async function zoneWaits(store: Store, here: string): Promise<boolean> {
  const waiting = await store.outbox.toArray()
  return waiting.some(
    ({ name, args }) => name === 'reminding.set' && (args as { zone?: unknown }).zone === here,
  )
}

function sameClock(one: string, other: string, now: number): boolean {
  return offsetMinutes(one, now) === offsetMinutes(other, now)
}

/** Whether there is a check-in of the hours before it was due, or since. */
export async function isDone(
  store: Store,
  { dueAt, skipHours }: Pick<Told, 'dueAt' | 'skipHours'>,
  now: number,
): Promise<boolean> {
  const due = Date.parse(dueAt ?? '')
  if (skipHours === null || Number.isNaN(due)) return false
  const since = due - skipHours * HOUR
  // Local dates of all clocks: a day more on either side.
  const dates = [dateIn('UTC', since - 24 * HOUR), dateIn('UTC', now + 24 * HOUR)] as const
  const near = await store
    .table<CheckIn>('check_ins')
    .where('localDate')
    .between(...dates, true, true)
    .toArray()
  return near.some(({ instant }) => instant >= since && instant <= now)
}

async function isOff(store: Store, { reminder, date }: Told): Promise<boolean> {
  if (reminder === null) return false
  const here = await store.table<Reminder>('reminders').get(reminder)
  // One that this phone has never heard of was made on another.
  if (here === undefined) return wasDeletedHere(store, reminder)
  const reminding = await store.table<Reminding>('reminding').get(REMINDING_ID)
  return !here.on || (date !== null && reminding !== undefined && isPausedOn(date, reminding))
}

async function wasDeletedHere(store: Store, reminder: string): Promise<boolean> {
  const waiting = await store.outbox.toArray()
  return waiting.some(
    ({ name, args }) => name === 'reminders.delete' && (args as { id?: unknown }).id === reminder,
  )
}
