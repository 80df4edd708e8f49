import 'fake-indexeddb/auto'

import { beforeEach, describe, expect, test } from 'vitest'

import { database, remember } from '../../store/database'
import type { Live } from '../../store/live'
import { restOfWords, words } from '../../words'
import { de } from '../../words/de'
import { allPairs } from '../buddies/queries'
import '../synced'
import { reports, saidBy } from './queries'
import { sayRow } from './said'
import { stateOf } from './sent.svelte'
import { LONGEST_TEXT, MOST_ROWS, Writing } from './writing.svelte'

function first<T>(query: Live<T>): Promise<T> {
  return new Promise((resolve) => {
    const stop = query.subscribe((answer) => {
      if (answer === undefined) return
      resolve(answer)
      queueMicrotask(() => stop())
    })
  })
}

beforeEach(async () => {
  await database.start()
  for (const table of database.tables) await table.clear()
  await remember(database, 'spaces', [{ id: 'two', kind: 'pair', role: 'buddy', me: 'ada' }])
  await database.table('buddies').bulkPut([
    { id: 'ada', pair: 'two', name: 'Ada' },
    { id: 'ben', pair: 'two', name: 'Ben' },
  ])
})

describe('a report', () => {
  test('says what is missing before it is sent, and nothing is sent', async () => {
    const writing = new Writing('two')
    expect(await writing.send()).toBeNull()
    expect(writing.wrong).toEqual(['about'])
    writing.change({ about: 'rules', text: '🌊'.repeat(LONGEST_TEXT + 1) })
    writing.change({ rows: Array.from({ length: MOST_ROWS + 1 }, String) })
    expect(await writing.send()).toBeNull()
    expect(writing.wrong).toEqual(['category', 'text', 'rows'])
    expect(await database.outbox.count()).toBe(0)
  })

  test('waits on this phone, and its draft is gone', async () => {
    const writing = new Writing('two')
    writing.change({ about: 'worried', category: 'scam', text: '  He is not well. ', rows: ['m'] })
    await writing.keep()
    expect(await database.drafts.count()).toBe(1)
    expect(await writing.send()).not.toBeNull()
    expect(await database.drafts.count()).toBe(0)
    const [line] = await database.outbox.toArray()
    expect(line).toMatchObject({
      name: 'reports.send',
      args: {
        pair: 'two',
        category: 'worried',
        text: 'He is not well.',
        rows: ['m'],
        deleted: false,
        end: 'no',
      },
    })
    expect(await first(reports())).toMatchObject([{ category: 'worried', state: 'waiting', sentAt: null }])
    expect(await allPairs()).toHaveLength(1)
  })

  test('that ends the pair takes it from this phone at once', async () => {
    const writing = new Writing('two')
    writing.change({ about: 'rules', category: 'threat', end: 'block' })
    expect(await writing.send()).not.toBeNull()
    expect(await allPairs()).toEqual([])
  })

  test('is said to have arrived only when that very one is on the server', async () => {
    const writing = new Writing('two')
    writing.change({ about: 'worried' })
    const id = (await writing.send()) ?? ''
    const just = { id, worried: true, end: 'no' as const, name: 'Ben' }
    const all = await first(reports())
    expect(stateOf(just, all)).toBe('waits')
    const there = all.map((report) => ({ ...report, state: 'received' as const }))
    expect(stateOf(just, there)).toBe('there')
    const another = there.map((report) => ({ ...report, id: 'another' }))
    expect(stateOf(just, another)).toBe('refused')
  })

  test('a draft comes back to whoever opens it again', async () => {
    const writing = new Writing('two')
    writing.change({ about: 'worried', text: 'Begun' })
    await writing.keep()
    const again = new Writing('two')
    await again.restore()
    expect(again.data).toMatchObject({ about: 'worried', text: 'Begun', rows: [] })
    const other = new Writing('three')
    await other.restore()
    expect(other.changed).toBe(false)
  })
})

describe('what can go with it', () => {
  const row = (kind: string, id: string, data: unknown): object => ({
    kind,
    id,
    data,
    space: 'two',
    version: 1,
  })

  test('is what the other wrote, the newest first, in words', async () => {
    await database.table('server_rows').bulkPut([
      row('message', 'm', { by: 'ben', text: 'Hm.', sentAt: '2026-11-22T08:00:00Z' }),
      row('message', 'mine', { by: 'ada', text: 'No.', sentAt: '2026-11-22T08:00:00Z' }),
      row('signal', 's', { by: 'ben', signal: 'hard', about: null, sentAt: '2026-11-22T09:00:00+00:00' }),
      row('shared_check_in', 'c', {
        sharedBy: 'ben',
        mood: 1,
        feelings: [],
        note: 'A night.',
        happenedAt: '2026-11-22T10:30:00.000+02:00',
        zone: 'Europe/Helsinki',
      }),
      row('hello', 'h', { by: 'ben', words: 'Say hello.', at: '2026-11-21T08:00:00Z' }),
      row('agreement', 'a', { state: 'in-force' }),
      row('message', 'odd', { by: 'ben' }),
    ])
    await restOfWords()
    const found = await first(saidBy('two', 'ben'))
    expect(found.map(({ id }) => id)).toEqual(['s', 'c', 'm', 'h'])
    expect(found.every((one) => sayRow(one, words()) !== '')).toBe(true)
    expect(await first(saidBy('other', 'ben'))).toEqual([])
  })
})

test('a sign is said in the words in which it came', () => {
  const sign = { id: 's', kind: 'signal', at: '', mood: null, signal: 'glad', text: '' } as const
  expect(sayRow(sign, de)).toBe(de.talking.signals.glad)
})
