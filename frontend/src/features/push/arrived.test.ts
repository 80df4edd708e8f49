import 'fake-indexeddb/auto'

import { beforeEach, describe, expect, test } from 'vitest'

import { database, recall, remember } from '../../store/database'
import { onClock, zoneHere } from '../check_ins/local_time'
import { recordCheckIn } from '../check_ins/mutators'
import { findCheckIn } from '../check_ins/queries'
import { REMINDING_ID } from '../reminders/kind'
import { deleteReminder, setReminder, setReminding } from '../reminders/mutators'
import { daysAfter } from '../reminders/rules'
import { noteZone } from '../reminders/travel'
import '../synced'
import { recordAnswer } from './answer'
import { chosenLanguage, knowledgeOf, noteReached } from './arrived'
import type { Told } from './payload'

const HOUR = 3_600_000
const HERE = zoneHere()
const NOW = Date.now()
const TODAY = onClock(NOW, HERE).slice(0, 10)
const data = {
  label: '',
  times: ['08:00'],
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  zone: null,
  skipHours: 3,
  on: true,
}
const nothing = { nobody: false, done: false, off: false, moved: false }

let told: Told

beforeEach(async () => {
  await database.start()
  for (const table of database.tables) await table.clear()
  await remember(database, 'owner', { id: 'ada', name: 'ada' })
  const reminder = await setReminder(data)
  told = {
    kind: 'reminder',
    key: 'key',
    reminder,
    date: TODAY,
    slot: '08:00',
    dueAt: new Date(NOW - 60_000).toISOString(),
    skipHours: 3,
    zone: HERE,
    follows: true,
    pair: null,
    ask: null,
  }
})

async function checkedIn(hoursAgo: number): Promise<void> {
  await recordCheckIn({ mood: 3, happenedAt: onClock(NOW - hoursAgo * HOUR, HERE), zone: HERE })
}

describe('what this phone knows', () => {
  test('is nothing that keeps a reminder back', async () => {
    await checkedIn(4)
    expect(await knowledgeOf(database, told, HERE, NOW)).toEqual(nothing)
  })

  test('is a check-in that the server has not seen', async () => {
    await checkedIn(2)
    expect(await knowledgeOf(database, told, HERE, NOW)).toEqual({ ...nothing, done: true })
    expect(await knowledgeOf(database, { ...told, skipHours: null }, HERE, NOW)).toEqual(nothing)
    expect(await knowledgeOf(database, { ...told, skipHours: 1 }, HERE, NOW)).toEqual(nothing)
  })

  test('is that the reminder was turned off, paused or deleted here', async () => {
    const { reminder } = told
    if (reminder === null) throw new Error('No reminder.')
    await setReminding({ pausedUntil: daysAfter(TODAY, 3) })
    expect(await knowledgeOf(database, told, HERE, NOW)).toMatchObject({ off: true })
    await setReminding({ pausedUntil: null })
    await setReminder({ ...data, on: false }, reminder)
    expect(await knowledgeOf(database, told, HERE, NOW)).toMatchObject({ off: true })
    await deleteReminder(reminder)
    expect(await knowledgeOf(database, told, HERE, NOW)).toMatchObject({ off: true })
  })

  test('is nothing about a reminder made on another phone', async () => {
    const other = { ...told, reminder: '0198a000-0000-7000-8000-00000000000f' }
    expect(await knowledgeOf(database, other, HERE, NOW)).toEqual(nothing)
  })

  test('is that nobody is here any more', async () => {
    await remember(database, 'owner', undefined)
    expect(await knowledgeOf(database, told, HERE, NOW)).toEqual({ ...nothing, nobody: true })
  })

  test('of a kind that it does not know is nothing', async () => {
    expect(await knowledgeOf(database, { ...told, kind: 'comet' }, HERE, NOW)).toEqual(nothing)
    expect(await knowledgeOf(database, null, HERE, NOW)).toEqual(nothing)
  })
})

describe('in another zone', () => {
  beforeEach(async () => {
    await database.table('reminding').update(REMINDING_ID, { zone: 'Europe/Dublin' })
    await remember(database, 'zone', 'Europe/Dublin')
    await database.outbox.clear()
    told = { ...told, zone: 'Europe/Dublin' }
  })

  test('the reminder is for another hour, and the new zone is in the outbox', async () => {
    expect(await knowledgeOf(database, told, 'America/New_York', NOW)).toMatchObject({ moved: true })
    expect(await database.outbox.toArray()).toMatchObject([
      { name: 'reminding.set', args: { zone: 'America/New_York' } },
    ])
    expect(await recall(database, 'travelled')).toEqual({ from: 'Europe/Dublin', to: 'America/New_York' })
  })

  test('that a page has noted before and that was not sent yet: as well', async () => {
    await noteZone(database, 'America/New_York')
    expect(await knowledgeOf(database, told, 'America/New_York', NOW)).toMatchObject({ moved: true })
    expect(await database.outbox.count()).toBe(1)
    await database.outbox.clear()
    expect(await knowledgeOf(database, told, 'America/New_York', NOW)).toMatchObject({ moved: false })
  })

  test('whose clock is the same it comes, and the zone is told all the same', async () => {
    expect(await knowledgeOf(database, told, 'Europe/London', NOW)).toMatchObject({ moved: false })
    expect(await database.outbox.count()).toBe(1)
  })

  test('a pinned reminder comes', async () => {
    const pinned = { ...told, follows: false }
    expect(await knowledgeOf(database, pinned, 'America/New_York', NOW)).toEqual(nothing)
    expect(await database.outbox.count()).toBe(0)
  })

  test('a phone that stayed at home shows it', async () => {
    const away = { ...told, zone: 'America/New_York' }
    await database.table('reminding').update(REMINDING_ID, { zone: 'America/New_York' })
    expect(await knowledgeOf(database, away, 'Europe/Dublin', NOW)).toMatchObject({ moved: false })
  })
})

describe('an answer', () => {
  test('is a check-in, safe and waiting to be sent, and one only', async () => {
    await database.outbox.clear()
    const id = await recordAnswer(database, { key: 'key', action: 'not-so-good' }, NOW, HERE)
    expect(await recordAnswer(database, { key: 'key', action: 'better' }, NOW, HERE)).toBe(id)
    expect(await findCheckIn(id)).toMatchObject({ mood: 2, instant: NOW, zone: HERE, note: null })
    expect(await database.outbox.count()).toBe(1)
    expect(await recordAnswer(database, { key: 'another', action: 'better' }, NOW, HERE)).not.toBe(id)
  })

  test('pressed twice at the same instant is one check-in, and one line to be sent', async () => {
    await database.outbox.clear()
    const press = (action: 'better' | 'not-so-good') =>
      recordAnswer(database, { key: 'key', action }, NOW, HERE)
    const [first, ...others] = await Promise.all([press('better'), press('better'), press('not-so-good')])
    expect(others).toEqual([first, first])
    expect(await database.outbox.toArray()).toMatchObject([{ name: 'check_ins.record', args: { id: first } }])
    expect(await findCheckIn(first)).toMatchObject({ mood: 4 })
  })
})

test('when a push last reached this phone is remembered, and gone with the store', async () => {
  await noteReached(database, 'key', NOW)
  expect(await recall(database, 'pushReached')).toEqual({ key: 'key', at: NOW })
})

test('the language that was chosen', async () => {
  expect(await chosenLanguage(database)).toBeUndefined()
  await database.table('preferences').put({ id: 'one', key: 'language', value: 'de' })
  expect(await chosenLanguage(database)).toBe('de')
})
