import 'fake-indexeddb/auto'

import { get } from 'svelte/store'
import { beforeEach, expect, test, vi } from 'vitest'

import { editCheckIn, recordCheckIn } from '../features/check_ins/mutators'
import { NotACheckIn } from '../features/check_ins/rules'
import { database } from '../store/database'
import { clearDraft, loadDraft, saveDraft } from '../store/drafts'
import { discard, needsLook, sendAgain } from './needs_look'
import { syncStatus } from './status'
import { checkIn } from './testing/check_in'

beforeEach(async () => {
  await database.start()
  for (const table of database.tables) await table.clear()
})

async function refused(note: string): Promise<void> {
  await database.needs_look.put({
    id: 'refused',
    name: 'check_ins.record',
    args: checkIn({ note }),
    savedAt: 1,
    reason: 'note-too-long',
    refusedAt: 2,
    build: 'server-1',
  })
}

test('what was mended is sent again as a new change, and leaves the list in the same breath', async () => {
  await refused('too long')
  const seen: number[] = []
  const stop = needsLook().subscribe((list) => list && seen.push(list.length))
  const status = syncStatus.subscribe(() => undefined)
  await vi.waitFor(() => expect(seen).toEqual([1]))
  await sendAgain('refused', checkIn({ note: 'shorter' }))
  expect(await database.needs_look.count()).toBe(0)
  expect(await database.outbox.toArray()).toMatchObject([
    { number: 1, name: 'check_ins.record', args: { note: 'shorter' } },
  ])
  await vi.waitFor(() => expect(seen.at(-1)).toBe(0))
  await vi.waitFor(() =>
    expect(get(syncStatus)).toMatchObject({ waiting: 1, needsLook: 0, state: 'no-account' }),
  )
  stop()
  status()
})

test('what was thrown away is gone, and nothing is sent for it', async () => {
  await refused('too long')
  await discard('refused')
  await sendAgain('refused', checkIn())
  expect(await database.needs_look.count()).toBe(0)
  expect(await database.outbox.count()).toBe(0)
})

test('a check-in that the server would refuse is stopped before anything is saved', async () => {
  await expect(recordCheckIn({ mood: 3, note: 'x'.repeat(4_001) })).rejects.toBeInstanceOf(NotACheckIn)
  await expect(editCheckIn('x', { feelings: ['own:'] })).rejects.toMatchObject({ problems: ['invalid'] })
  expect(await database.outbox.count()).toBe(0)
})

test('a draft outlives the page, and is whole text', async () => {
  await saveDraft('today', { note: 'half a th\ud83c' })
  expect(await loadDraft('today')).toEqual({ note: 'half a th\ufffd' })
  await clearDraft('today')
  expect(await loadDraft('today')).toBeUndefined()
})
