import 'fake-indexeddb/auto'

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

import { database, recall } from '../../store/database'
import '../synced'
import type { Wished } from './reach_out_model'
import { reachOut, sendWished, takeBack } from './reaching_out'

const MINUTE = 60_000
const WISH = { want: 'sit' as const, pairs: ['018f3c1e-0000-7000-8000-000000000001'], minutes: 5 as const }
const LAST = { want: WISH.want, minutes: WISH.minutes, order: WISH.pairs, not: [] }

/** The network, which can be cut: what was asked of the server, and what it answers. */
const asked: { method: string; path: string; body: unknown }[] = []
let answer: () => Response

const asks = () =>
  new Response(JSON.stringify({ state: 'open', parts: [{ pair: WISH.pairs[0], state: 'asked' }] }), {
    headers: { 'content-type': 'application/json' },
  })
const problem = (status: number, code: string) => () =>
  new Response(JSON.stringify({ code }), { status, headers: { 'content-type': 'application/problem+json' } })
const cut = (): Response => {
  throw new TypeError('Failed to fetch')
}

beforeEach(async () => {
  await database.start()
  for (const table of database.tables) await table.clear()
  asked.length = 0
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    asked.push({
      method: init.method ?? '',
      path,
      body: typeof init.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined,
    })
    return Promise.resolve().then(() => answer())
  })
})
afterEach(() => vi.unstubAllGlobals())

const wished = () => recall(database, 'wished')

async function here(): Promise<Wished> {
  const stands = await wished()
  if (stands === undefined) throw new Error('Nothing is wanted here.')
  return stands
}

describe('with a network', () => {
  test('it is sent at once, with its own clock beside it', async () => {
    answer = asks
    await reachOut(WISH, LAST)
    expect(await wished()).toMatchObject({ state: 'sent', told: { state: 'open' } })
    expect(asked).toHaveLength(1)
    expect(asked[0]).toMatchObject({ method: 'PUT', body: { want: 'sit', minutes: 5 } })
  })

  test('what the server will not take is said, and not tried again', async () => {
    answer = problem(429, 'too-many-reach-outs')
    await reachOut(WISH, LAST)
    expect(await wished()).toMatchObject({ state: 'refused', reason: 'too-many-reach-outs' })
    await sendWished(database)
    expect(asked).toHaveLength(1)
  })
})

describe('with none', () => {
  beforeEach(() => {
    answer = cut
  })

  test('it waits here and in no outbox, and goes within ten minutes', async () => {
    await reachOut(WISH, LAST)
    expect(await wished()).toMatchObject({ state: 'unsent' })
    expect(await database.outbox.count()).toBe(0)
    const { begunAt } = (await wished()) ?? { begunAt: 0 }
    await expect(sendWished(database, () => begunAt + MINUTE)).rejects.toThrow()
    answer = asks
    await sendWished(database, () => begunAt + 10 * MINUTE)
    expect(await wished()).toMatchObject({ state: 'sent' })
    expect(new Set(asked.map(({ path }) => path)).size).toBe(1)
  })

  test('later it does not go by itself', async () => {
    await reachOut(WISH, LAST)
    asked.length = 0
    answer = asks
    const { begunAt } = (await wished()) ?? { begunAt: 0 }
    await sendWished(database, () => begunAt + 10 * MINUTE + 1)
    expect(asked).toEqual([])
    expect(await wished()).toMatchObject({ state: 'unsent' })
  })

  test('taken back while signed out, it is not forgotten before the server has heard', async () => {
    await reachOut(WISH, LAST)
    const shown = await here()
    answer = problem(401, 'signed-out')
    await takeBack(shown)
    expect(await wished()).toMatchObject({ over: true })
    await expect(sendWished(database)).rejects.toThrow()
    await sendWished(database, () => shown.begunAt + 24 * 60 * MINUTE)
    expect(await wished()).toBeUndefined()
  })

  test('taken back, the server hears of it as soon as it can, however late, for it may have come', async () => {
    await reachOut(WISH, LAST)
    const shown = await here()
    await takeBack(shown)
    expect(await wished()).toMatchObject({ over: true })
    answer = () => new Response(null, { status: 204 })
    asked.length = 0
    await sendWished(database, () => shown.begunAt + 60 * MINUTE)
    expect(asked).toMatchObject([{ method: 'DELETE', path: `/api/reach-outs/${shown.id}` }])
    expect(await wished()).toBeUndefined()
  })
})

describe('begun on another phone', () => {
  const there: Wished = { ...WISH, id: 'there', begunAt: Date.now() - MINUTE, state: 'sent' }

  beforeEach(async () => {
    answer = () => new Response(null, { status: 204 })
    const parts = WISH.pairs.map((pair) => ({ pair, state: 'asked' }))
    const { id, want, minutes, begunAt } = there
    await database.table('reach_outs').put({ id, want, minutes, begunAt, state: 'open', parts })
  })

  test('it is taken back here: the server hears of it, and it does not come back before the next pull', async () => {
    await takeBack(there)
    expect(asked).toMatchObject([{ method: 'DELETE', path: '/api/reach-outs/there' }])
    expect(await wished()).toBeUndefined()
    expect(await database.table('reach_outs').count()).toBe(0)
  })

  test('with no network it is kept as over until the server has heard', async () => {
    answer = cut
    await takeBack(there)
    expect(await wished()).toMatchObject({ id: 'there', over: true })
  })

  test('a newer one of this phone stands', async () => {
    answer = asks
    await reachOut(WISH, LAST)
    asked.length = 0
    const newer = await here()
    await takeBack(there)
    expect(await wished()).toEqual(newer)
    expect(asked).toEqual([])
  })
})
