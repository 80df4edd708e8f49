import 'fake-indexeddb/auto'

import { beforeEach, describe, expect, test } from 'vitest'

import { database, remember } from '../../store/database'
import type { Live } from '../../store/live'
import { redraw, Touched } from '../../sync/views'
import '../synced'
import type { Pair } from './model'
import { readTalkDraft, writeTalkDraft } from './talk_draft'
import { markReceived } from './talk_follow'
import { choose, deleteMessage, mark, sendMessage, sendSignal } from './talk_mutators'
import {
  answersTo,
  choicesFor,
  conversationOf,
  findChoices,
  gotIn,
  lastWrittenBy,
  nextNudgeTo,
} from './talk_queries'
import { beyond, madeAt, newFrom, nextNudge, stateOf } from './talk_rules'
import type { SaidSignal } from './talk_model'

const PAIR: Pair = {
  id: 'pair',
  me: { id: 'ada', pair: 'pair', name: 'Ada' },
  other: { id: 'ben', pair: 'pair', name: 'Ben' },
}
const SENT = '2026-11-22T08:00:00.123456+00:00'

function first<T>(query: Live<T>): Promise<T> {
  return new Promise((resolve) => {
    const stop = query.subscribe((answer) => {
      if (answer === undefined) return
      resolve(answer)
      queueMicrotask(() => stop())
    })
  })
}

/** The server has told this phone of a row. */
async function comes(kind: string, id: string, version: number, data: unknown): Promise<void> {
  const row = { kind, space: 'pair', id, version, data }
  await database.transaction('rw', database.tables, async () => {
    await database.server_rows.put(row)
    const touched = new Touched()
    touched.add(kind, id)
    await redraw(database, touched)
  })
}

const writes = (id: string, version: number, by: string, text = id) =>
  comes('message', id, version, { by, text, sentAt: SENT })

async function lines() {
  return (await first(conversationOf(PAIR, 10))).lines.map(({ said, mine, state }) => ({
    what: said.what === 'message' ? said.text : said.signal,
    mine,
    state,
  }))
}

async function waits(): Promise<string[]> {
  return (await database.outbox.toArray()).map(({ name }) => name)
}

beforeEach(async () => {
  await database.start()
  for (const table of database.tables) await table.clear()
  const journal = { id: 'journal', kind: 'journal', role: 'owner', me: null }
  await remember(database, 'spaces', [journal, { id: 'pair', kind: 'pair', role: 'buddy', me: 'ada' }])
  await comes('buddy', 'ada', 1, { name: 'Ada' })
  await comes('buddy', 'ben', 2, { name: 'Ben' })
})

describe('a conversation', () => {
  test('is one, the latest first, with what waits on top', async () => {
    await writes('one', 3, 'ben')
    await comes('signal', 'two', 4, { by: 'ben', signal: 'hard', about: null, sentAt: SENT })
    await sendSignal('pair', 'here')
    await sendMessage('pair', 'Better now?')
    expect(await lines()).toEqual([
      { what: 'Better now?', mine: true, state: 'on-this-phone' },
      { what: 'here', mine: true, state: 'on-this-phone' },
      { what: 'hard', mine: false, state: null },
      { what: 'one', mine: false, state: null },
    ])
    expect((await first(conversationOf(PAIR, 3))).more).toBe(true)
    expect((await first(conversationOf(PAIR, 4))).more).toBe(false)
  })

  test('says of the last of one’s own how far it has come', async () => {
    await writes('mine', 3, 'ada')
    await writes('again', 4, 'ada')
    const states = async () => (await lines()).map(({ state }) => state)
    expect(await states()).toEqual(['sent', null])
    await comes('reading', 'ben', 5, { by: 'ben', received: 3, seen: null })
    expect(await states()).toEqual(['sent', null])
    await comes('reading', 'ben', 6, { by: 'ben', received: 4, seen: 3 })
    expect(await states()).toEqual(['received', null])
    await comes('reading', 'ben', 7, { by: 'ben', received: 4, seen: 4 })
    expect(await states()).toEqual(['seen', null])
  })

  test('what one has deleted is gone at once', async () => {
    await writes('mine', 3, 'ada')
    await deleteMessage('pair', 'mine')
    expect(await lines()).toEqual([])
  })

  test('of another pair is not in it', async () => {
    await database
      .table('said')
      .put({ id: 'x', pair: 'other', place: 9, what: 'message', text: 'x', by: 'cleo' })
    expect(await lines()).toEqual([])
  })
})

describe('what has come', () => {
  test('is marked once, and a mark is followed by no other', async () => {
    await writes('one', 3, 'ben')
    await writes('two', 4, 'ben')
    await markReceived()
    await markReceived()
    expect(await waits()).toEqual(['messages.mark'])
    expect(await gotIn(PAIR)).toEqual({ has: 4, received: 4, seen: 0 })
    // The server has taken it, and tells of the mark itself.
    await database.outbox.clear()
    await database.table('reading_marks').clear()
    await comes('reading', 'ada', 5, { by: 'ada', received: 4, seen: null })
    await markReceived()
    expect(await waits()).toEqual([])
  })

  test('of one’s own is no news', async () => {
    await writes('mine', 3, 'ada')
    await sendMessage('pair', 'and more')
    await markReceived()
    expect(await waits()).toEqual(['messages.send'])
  })

  test('marks that wait only go forward', async () => {
    await mark('pair', 5, 4)
    await mark('pair', 3, null)
    expect(await database.table('reading_marks').get('pair')).toEqual({ id: 'pair', received: 5, seen: 4 })
  })
})

describe('signs', () => {
  test('answer what is shared', async () => {
    await sendSignal('pair', 'glad', 'shared')
    await comes('signal', 'his', 3, { by: 'ben', signal: 'here', about: 'shared', sentAt: SENT })
    const answers = await first(answersTo(PAIR, 'shared'))
    expect(new Set(answers.map(({ signal, mine }) => `${signal} ${mine}`))).toEqual(
      new Set(['here false', 'glad true']),
    )
  })

  test('"thinking of you" goes three times a day', async () => {
    for (const about of [null, null, 'shared']) await sendSignal('pair', 'thinking', about)
    expect(await first(nextNudgeTo(PAIR))).toBeNull()
    await sendSignal('pair', 'thinking')
    expect(await first(nextNudgeTo(PAIR))).toBeGreaterThan(Date.now() + 23 * 3_600_000)
  })

  test('the third last one says when it can go again', () => {
    const nudge = (at: number): SaidSignal => ({
      what: 'signal',
      id: `${at}`,
      pair: 'pair',
      by: 'ada',
      version: 1,
      place: 1,
      at,
      signal: 'thinking',
      about: null,
    })
    const day = 24 * 3_600_000
    expect(nextNudge([nudge(1_000), nudge(2_000), nudge(3_000)], day)).toBe(day + 1_000)
    expect(nextNudge([nudge(1_000), nudge(2_000), nudge(3_000)], day + 1_000)).toBeNull()
  })
})

test('a draft stays, and goes with the message', async () => {
  await writeTalkDraft('pair', 'Are you')
  expect(await readTalkDraft('pair')).toBe('Are you')
  await sendMessage('pair', 'Are you there?')
  expect(await readTalkDraft('pair')).toBe('')
})

test('choices hold at once, and others stay', async () => {
  expect(await findChoices(PAIR)).toMatchObject({ messages: true, sharedCheckIns: false, showSeen: false })
  const chosen = { messages: false, signals: true, sharedCheckIns: true, asks: true }
  const row = { pair: 'pair', ...chosen, nameOnLockScreen: false, showSeen: false }
  await comes('pair_choice', 'ada', 9, row)
  await choose('pair', { showSeen: true })
  // Of agreements a server of before says nothing.
  const all = { ...chosen, agreements: true, nameOnLockScreen: false, showSeen: true }
  expect(await first(choicesFor(PAIR))).toEqual(all)
  await comes('pair_choice', 'ada', 10, { ...row, agreements: false })
  expect(await first(choicesFor(PAIR))).toEqual({ ...all, agreements: false })
})

test('an id says when it was made', () => {
  expect(madeAt('019ab000-0000-7000-8000-000000000000')).toBe(0x019ab0000000)
  expect(stateOf({ version: null }, undefined)).toBe('on-this-phone')
})

test('the list knows when the other last wrote, and not what oneself wrote', async () => {
  expect(await first(lastWrittenBy(PAIR))).toBeNull()
  await writes('theirs', 2, 'ben')
  await comes('message', 'mine', 3, { by: 'ada', text: 'Yes', sentAt: '2026-11-22T09:00:00+00:00' })
  await sendMessage('pair', 'Still here')
  expect(await first(lastWrittenBy(PAIR))).toBe(Date.parse('2026-11-22T08:00:00.123Z'))
})

test('what is typed while a message is being saved stays', () => {
  expect(beyond('Are you there?', 'Are you there?')).toBe('')
  expect(beyond('Are you there?', 'Are you there? It')).toBe('It')
  expect(beyond('Are you there?', 'Ben, are you there?')).toBe('Ben, are you there?')
})

test('only what the other has said since is new', async () => {
  await writes('old', 2, 'ben')
  await writes('mine', 3, 'ada')
  await writes('new', 4, 'ben')
  await sendMessage('pair', 'waits')
  const { lines: all } = await first(conversationOf(PAIR, 10))
  const said = all.map((line) => line.said)
  expect(newFrom('ben', said, 2).map(({ id }) => id)).toEqual(['new'])
  expect(newFrom('ben', said, 0).map(({ id }) => id)).toEqual(['old', 'new'])
})
