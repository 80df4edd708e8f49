import { beforeEach, describe, expect, test } from 'vitest'

import type { RawReply } from '../api/client'
import { erase } from '../store/erase'
import { ADA, meta, phoneOfAda, requests, serverWithAda } from './testing/ada'
import { checkIn } from './testing/check_in'
import { json, problem, type ModelServer } from './testing/model_server'
import { Phone, type Answering } from './testing/phone'
import type { SyncRequest } from './wire'

let server: ModelServer

beforeEach(() => {
  server = serverWithAda()
})

function phoneOf(answering: Answering = server, name = 'phone'): Promise<Phone> {
  return phoneOfAda(answering, name)
}

describe('whose store it is', () => {
  test('without an account nothing is sent', async () => {
    const phone = new Phone('phone', server, null)
    await phone.mutate('check_ins.record', checkIn())
    expect((await phone.sync()).kind).toBe('done')
    expect(requests(phone)).toMatchObject([{ owner: null, mutations: [], confirmed: [] }])
    expect(await phone.store.outbox.count()).toBe(1)
    expect(await phone.sync()).toEqual({ kind: 'stop', reason: 'no-account' })
    expect(phone.sent).toHaveLength(1)
  })

  test('a session that expired keeps everything, and then shows nothing before it knows who asks', async () => {
    const phone = await phoneOf()
    await phone.sync()
    await phone.mutate('check_ins.record', checkIn())
    phone.session = null
    expect(await phone.sync()).toEqual({ kind: 'stop', reason: 'signed-out' })
    expect(await meta(phone, 'session')).toBe('signed-out')
    expect(await phone.store.outbox.count()).toBe(1)
    await phone.sync()
    expect(requests(phone).at(-1)?.mutations).toEqual([])
    phone.session = { account: ADA }
    expect((await phone.sync()).kind).toBe('done')
    expect(await meta(phone, 'session')).toBe('signed-in')
    expect(server.applied).toHaveLength(1)
  })

  test('another account in the same browser gets nothing of it', async () => {
    const phone = await phoneOf()
    server.addAccount('cleo')
    await phone.mutate('check_ins.record', checkIn())
    phone.session = { account: 'cleo' }
    expect(await phone.sync()).toEqual({ kind: 'stop', reason: 'another-account' })
    expect(server.applied).toEqual([])
    expect(server.rowsOf('cleo')).toEqual([])
    expect(await phone.store.outbox.count()).toBe(1)
  })

  test('a device that was ended erases everything', async () => {
    const phone = await phoneOf()
    await phone.mutate('check_ins.record', checkIn())
    await phone.sync()
    await phone.mutate('check_ins.record', checkIn())
    await phone.store.drafts.put({ key: 'today', value: 'half a thought', savedAt: 1 })
    phone.session = { account: ADA, ended: 'device-ended' }
    expect(await phone.sync()).toEqual({ kind: 'stop', reason: 'device-ended' })
    for (const table of phone.store.tables.filter(({ name }) => name !== 'meta')) {
      expect(await table.count()).toBe(0)
    }
    expect(await meta(phone, 'owner')).toBeUndefined()
    expect(await meta(phone, 'notice')).toBe('device-ended')
  })

  test('a device that was ended erases nothing that is written on it afterwards', async () => {
    const phone = await phoneOf()
    phone.session = { account: ADA, ended: 'device-ended' }
    phone.serverHearsSignOut = false
    await phone.sync()
    await phone.mutate('check_ins.record', checkIn())
    await phone.sync()
    expect(await phone.store.outbox.count()).toBe(1)
    // Nor where the server's word comes for a store that is nobody's already.
    await phone.store.meta.delete('signOutPending')
    expect(await phone.sync()).toEqual({ kind: 'stop', reason: 'device-ended' })
    expect(await phone.store.outbox.count()).toBe(1)
    phone.serverHearsSignOut = true
    await phone.sync()
    expect(phone.session).toBeNull()
    expect(await phone.store.outbox.count()).toBe(1)
  })

  test('an answer that comes after somebody has signed out changes nothing', async () => {
    const phone = await phoneOf()
    await phone.mutate('check_ins.record', checkIn())
    phone.meanwhile = () => erase(phone.store)
    await phone.step()
    expect(await phone.store.server_rows.count()).toBe(0)
    expect(await phone.store.kept.count()).toBe(0)
    expect(await meta(phone, 'cookie')).toBeUndefined()
  })
})

describe('what the server cannot take', () => {
  /** Cannot take a body in which this stands. */
  function stumblingOver(text: string, reply: RawReply): Answering {
    return { answer: (body, session) => (body.includes(text) ? reply : server.answer(body, session)) }
  }

  test.each([
    ['malformed', problem(400, 'malformed'), 'invalid'],
    ['too large', problem(413, 'too-large'), 'too-large'],
  ])('one %s change is set aside, and the others arrive', async (_name, reply, reason) => {
    const phone = await phoneOf(stumblingOver('poison', reply))
    for (let count = 0; count < 10; count += 1) {
      await phone.mutate('check_ins.record', checkIn({ note: count === 6 ? 'poison' : null }))
    }
    expect((await phone.sync()).kind).toBe('done')
    expect(server.applied).toHaveLength(9)
    expect(await phone.store.needs_look.toArray()).toMatchObject([{ reason, args: { note: 'poison' } }])
    expect((await phone.views())['check_ins']).toHaveLength(9)
  })

  test('a server that can read nothing of us is asked later, and no change is blamed for it', async () => {
    const phone = await phoneOf({ answer: () => problem(400, 'malformed') })
    for (let count = 0; count < 3; count += 1) await phone.mutate('check_ins.record', checkIn())
    expect(await phone.sync()).toMatchObject({ kind: 'wait', problem: 'invalid' })
    expect(await phone.store.outbox.count()).toBe(3)
    expect(await phone.store.needs_look.count()).toBe(0)
    expect(phone.sent.length).toBeLessThan(10)
  })

  test('a cookie that the server cannot read is given up, and everything comes whole', async () => {
    const phone = await phoneOf(stumblingOver('rotten', problem(400, 'malformed')))
    await phone.mutate('check_ins.record', checkIn())
    await phone.sync()
    await phone.store.meta.put({ key: 'cookie', value: { rotten: true } })
    expect((await phone.sync()).kind).toBe('wait')
    expect((await phone.sync()).kind).toBe('done')
    expect((await phone.views())['check_ins']).toHaveLength(1)
  })

  test('a proxy that finds it too large is sent less, and nothing is set aside for it', async () => {
    const proxy: RawReply = { status: 413, type: 'text/html', retryAfter: null, text: '<h1>413</h1>' }
    const phone = await phoneOf({
      answer: (body, session) => (body.length > 2_000 ? proxy : server.answer(body, session)),
    })
    for (let count = 0; count < 12; count += 1) await phone.mutate('check_ins.record', checkIn())
    expect((await phone.sync()).kind).toBe('done')
    expect(server.applied).toHaveLength(12)
    expect(await phone.store.needs_look.count()).toBe(0)
  })

  test.each([
    ['is busy', { ...problem(503, 'try-again'), retryAfter: 7 }, 'busy', 7],
    ['has been asked too often', { ...problem(429, 'too-many-tries'), retryAfter: 60 }, 'busy', 60],
    ['broke', problem(500, 'internal'), 'busy', null],
    ['is a proxy without a server', { ...json(502, 'x'), type: 'text/html' }, 'unreachable', null],
    ['says ok and nothing', { ...json(200, ''), text: '' }, 'unreachable', null],
    [
      'says ok and half of it',
      json(200, { outcome: 'ok', epoch: 'e', build: 'b', last: 1 }),
      'unreachable',
      null,
    ],
    ['signs out as a proxy', { ...json(401, 'x'), type: 'text/html' }, 'unreachable', null],
  ])('a server that %s is asked again later', async (_name, reply, reason, after) => {
    const phone = await phoneOf({ answer: () => reply })
    await phone.mutate('check_ins.record', checkIn())
    expect(await phone.sync()).toMatchObject({ kind: 'wait', reason, after })
    expect(await phone.store.outbox.count()).toBe(1)
    expect(await phone.store.server_rows.count()).toBe(0)
  })

  test.each(['forked', 'gap', 'epoch-changed'])(
    'a server that always says "%s" is not asked in a loop, and nothing is lost by it',
    async (outcome) => {
      let epochs = 0
      const phone = await phoneOf({
        answer: () => json(200, { epoch: `epoch-${(epochs += 1)}`, build: 'b', outcome, last: 0 }),
      })
      await phone.mutate('check_ins.record', checkIn())
      await phone.mutate('check_ins.record', checkIn())
      expect(await phone.sync()).toMatchObject({ kind: 'wait', problem: 'numbers' })
      expect(phone.sent.length).toBeLessThan(20)
      expect(await phone.store.outbox.orderBy('number').keys()).toEqual([1, 2])
    },
  )

  test('a server that counts nothing of what it takes is not asked in a loop', async () => {
    const phone = await phoneOf({
      answer: (body, session) => {
        const request = JSON.parse(body) as SyncRequest
        return server.answer(JSON.stringify({ ...request, mutations: [] }), session)
      },
    })
    await phone.mutate('check_ins.record', checkIn())
    expect(await phone.sync()).toMatchObject({ kind: 'wait', problem: 'not-counted' })
  })
})
