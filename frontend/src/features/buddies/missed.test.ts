import 'fake-indexeddb/auto'

import { beforeEach, expect, test } from 'vitest'

import { database, remember } from '../../store/database'
import '../synced'
import { setMissed } from './missed'
import { readMissedDraft, writeMissedDraft } from './missed_draft'

beforeEach(async () => {
  await database.open()
  await Promise.all(database.tables.map((table) => table.clear()))
  await remember(database, 'spaces', [{ id: 'journal', kind: 'journal', role: 'owner', me: null }])
})

test('words for a missed check-in stay until they are saved', async () => {
  expect(await readMissedDraft('pair')).toBeNull()
  await writeMissedDraft('pair', 'Ring me')
  expect(await readMissedDraft('pair')).toBe('Ring me')
  await setMissed({ id: 'me', pair: 'pair', on: true, afterHours: 48, words: 'Ring me, please' })
  expect(await readMissedDraft('pair')).toBeNull()
})
