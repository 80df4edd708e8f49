import 'fake-indexeddb/auto'

import { beforeEach, describe, expect, test } from 'vitest'

import { database, recall, remember } from '../../store/database'
import { idFollowing } from '../../store/ids'
import { zoneHere } from '../check_ins/local_time'
import '../synced'
import { REMINDING_ID, reminderKind, remindingKind } from './kind'
import type { ReminderData } from './model'
import { deleteReminder, restoreReminder, setReminder, setReminding, stayOnClockOf } from './mutators'
import { allReminders, findReminder, findReminding } from './queries'
import { noteZone } from './travel'

const data: ReminderData = {
  label: 'Tea',
  times: ['08:00'],
  weekdays: [1, 2],
  zone: null,
  skipHours: null,
  on: true,
}

beforeEach(async () => {
  await database.start()
  for (const table of database.tables) await table.clear()
})

async function waiting(): Promise<[string, unknown][]> {
  return (await database.outbox.orderBy('number').toArray()).map(({ name, args }) => [name, args])
}

test('the row of what holds for all has the id that the server gives it', () => {
  expect(REMINDING_ID).toBe(idFollowing('6f9619ff-8b86-5d11-b42d-00c04fc964ff', 'reminding'))
})

test('rows of a server that says more or less than this app knows', () => {
  expect(reminderKind.fromServer('one', { ...data, colour: 'sea' }, 'journal')).toEqual({
    id: 'one',
    ...data,
  })
  expect(reminderKind.fromServer('one', { ...data, times: ['at dawn'] }, 'journal')).toBeNull()
  expect(remindingKind.fromServer(REMINDING_ID, { zone: 'UTC' }, 'journal')).toBeNull()
})

describe('a reminder', () => {
  test('the first one says as well where this phone is', async () => {
    const id = await setReminder(data)
    expect(await waiting()).toEqual([
      ['reminding.set', { zone: zoneHere() }],
      ['reminders.set', { id, ...data }],
    ])
    expect(await findReminding()).toMatchObject({ zone: zoneHere(), quietFrom: null, showsLabel: false })
    await setReminder({ ...data, label: 'Soup' })
    expect((await waiting()).map(([name]) => name)).toEqual([
      'reminding.set',
      'reminders.set',
      'reminders.set',
    ])
  })

  test('is deleted and comes back as it was', async () => {
    const id = await setReminder(data)
    const before = await deleteReminder(id)
    expect(await allReminders()).toEqual([])
    if (before !== undefined) await restoreReminder(before)
    expect(await findReminder(id)).toEqual({ id, ...data })
  })

  test('one setting leaves the others', async () => {
    await setReminding({ quietFrom: '22:00', quietTo: '07:00' })
    await setReminding({ showsLabel: true })
    expect(await findReminding()).toEqual({
      id: REMINDING_ID,
      zone: zoneHere(),
      quietFrom: '22:00',
      quietTo: '07:00',
      pausedUntil: null,
      showsLabel: true,
    })
  })
})

describe('after travel', () => {
  beforeEach(async () => {
    await setReminder(data)
    await database.outbox.clear()
    await database.table('reminding').update(REMINDING_ID, { zone: 'Europe/Dublin' })
    await remember(database, 'zone', 'Europe/Dublin')
  })

  test('the reminders follow, and one question is open', async () => {
    expect(await noteZone(database, 'America/New_York')).toBe('moved')
    expect(await waiting()).toEqual([['reminding.set', { zone: 'America/New_York' }]])
    expect(await recall(database, 'travelled')).toEqual({ from: 'Europe/Dublin', to: 'America/New_York' })
    expect(await noteZone(database, 'America/New_York')).toBe('same')
    expect(await waiting()).toHaveLength(1)
  })

  test('by two stops the question is about the first and the last', async () => {
    await noteZone(database, 'Atlantic/Reykjavik')
    await noteZone(database, 'America/New_York')
    expect(await recall(database, 'travelled')).toEqual({ from: 'Europe/Dublin', to: 'America/New_York' })
    await noteZone(database, 'Europe/Dublin')
    expect(await recall(database, 'travelled')).toBeUndefined()
  })

  test('a phone that stayed at home does not call the reminders back', async () => {
    await database.table('reminding').update(REMINDING_ID, { zone: 'America/New_York' })
    expect(await noteZone(database, 'Europe/Dublin')).toBe('same')
    expect(await waiting()).toEqual([])
  })

  test('a phone that never noted where it was goes by what the push was sent for', async () => {
    await remember(database, 'zone', undefined)
    expect(await noteZone(database, 'America/New_York')).toBe('same')
    await remember(database, 'zone', undefined)
    expect(await noteZone(database, 'America/New_York', 'Europe/Dublin')).toBe('moved')
  })

  test('staying on the old clock pins what followed, and nothing else', async () => {
    const pinned = await setReminder({ ...data, label: 'Call home', zone: 'Asia/Tokyo' })
    await noteZone(database, 'America/New_York')
    await stayOnClockOf('Europe/Dublin')
    expect((await allReminders()).map(({ label, zone }) => [label, zone]).sort()).toEqual([
      ['Call home', 'Asia/Tokyo'],
      ['Tea', 'Europe/Dublin'],
    ])
    expect(await findReminder(pinned)).toMatchObject({ zone: 'Asia/Tokyo' })
    expect(await recall(database, 'travelled')).toBeUndefined()
  })

  test('with nothing that follows there is nothing to ask', async () => {
    await stayOnClockOf('Europe/Dublin')
    await noteZone(database, 'America/New_York')
    expect(await recall(database, 'travelled')).toBeUndefined()
  })
})
