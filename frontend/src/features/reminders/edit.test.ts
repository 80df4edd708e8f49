import 'fake-indexeddb/auto'

import { beforeEach, expect, test } from 'vitest'

import { database } from '../../store/database'
import { loadDraft } from '../../store/drafts'
import '../synced'
import { ReminderEdit } from './edit.svelte'
import { setReminder } from './mutators'
import { allReminders, findReminder } from './queries'
import { MOST_REMINDERS } from './rules'

const data = { label: 'Tea', times: ['08:00'], weekdays: [1], zone: null, skipHours: null, on: true }

beforeEach(async () => {
  await database.start()
  for (const table of database.tables) await table.clear()
})

test('a new one is saved tidy, and its draft is gone', async () => {
  const edit = new ReminderEdit(null)
  edit.change({ times: ['20:00', '', '08:00'], label: ' Tea ' })
  await edit.keep()
  expect(await edit.save()).toBe(true)
  expect(await allReminders()).toMatchObject([{ label: 'Tea', times: ['08:00', '20:00'], on: true }])
  expect(await loadDraft(edit.draft)).toBeUndefined()
})

test('what is wrong is said, keeps what was typed, and goes when it is mended', async () => {
  const edit = new ReminderEdit(null)
  edit.change({ times: [''], weekdays: [] })
  expect(await edit.save()).toBe(false)
  expect(edit.wrong).toEqual(['no-times', 'no-weekdays'])
  edit.changeTime(0, '07:30')
  expect(edit.wrong).toEqual(['no-weekdays'])
  expect(edit.data.times).toEqual(['07:30'])
  expect(await allReminders()).toEqual([])
})

test('what was begun is back after a reload, and can be discarded', async () => {
  const id = await setReminder(data)
  const before = (await findReminder(id)) ?? null
  const edit = new ReminderEdit(before)
  edit.change({ label: 'Soup' })
  await edit.keep()

  const again = new ReminderEdit(before)
  await again.restore()
  expect(again).toMatchObject({ restored: true, data: { label: 'Soup' } })
  await again.discard()
  expect(again.data.label).toBe('Tea')
  expect(await loadDraft(edit.draft)).toBeUndefined()
  expect(await findReminder(id)).toMatchObject({ label: 'Tea' })
})

test('there is an end to how many there can be, but none to changing them', async () => {
  const ids: string[] = []
  for (let count = 0; count < MOST_REMINDERS; count += 1) ids.push(await setReminder(data))
  const one = new ReminderEdit(null)
  one.change({ label: 'One more' })
  expect(await one.save()).toBe(false)
  expect(one.wrong).toEqual(['too-many-reminders'])
  const other = new ReminderEdit((await findReminder(ids[0] ?? '')) ?? null)
  other.change({ label: 'Soup' })
  expect(await other.save()).toBe(true)
  expect(await allReminders()).toHaveLength(MOST_REMINDERS)
})
