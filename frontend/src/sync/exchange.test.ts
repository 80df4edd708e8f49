import { beforeEach, describe, expect, test } from 'vitest'

import type { RawReply } from '../api/client'
import { erase } from '../store/erase'
import { newId } from '../store/ids'
import type { Meta } from '../store/lines'
import { KEEP } from './apply'
import { BATCH_BYTES } from './outbox'
import { checkIn } from './testing/check_in'
import { json, ModelServer, problem } from './testing/model_server'
import { Phone, type Answering } from './testing/phone'
import type { SyncRequest } from './wire'

const ADA = 'ada'

let server: ModelServer

beforeEach(() => {
  server = new ModelServer()
  server.addAccount(ADA)
})

async function phoneOf(answering: Answering = server, name = 'phone'): Promise<Phone> {
  const phone = new Phone(name, answering, { account: ADA })
  await phone.store.meta.put({ key: 'owner', value: { id: ADA, name: ADA } })
  return phone
}

async function meta<K extends keyof Meta>({ store }: Phone, key: K): Promise<Meta[K] | undefined> {
  return (await store.meta.get(key))?.value as Meta[K] | undefined
}

function requests({ sent }: Phone): SyncRequest[] {
  return sent.map((body) => JSON.parse(body) as SyncRequest)
}

describe('numbering: exactly once, in order', () => {
  test('what was recorded arrives once, and comes back as the server has it', async () => {
    const phone = await phoneOf()
    await phone.mutate('check_ins.record', checkIn({ mood: 4 }))
    expect(await phone.store.outbox.count()).toBe(1)
    expect(await phone.sync()).toEqual({ kind: 'done' })
    expect(server.rowsOf(ADA)).toHaveLength(1)
    expect(await phone.store.outbox.count()).toBe(0)
    expect((await phone.views())['check_ins']).toMatchObject([{ mood: 4, localDate: '2026-11-22' }])
  })

  test('two tabs at once never take the same number', async () => {
    const phone = await phoneOf()
    const saves = Array.from({ length: 20 }, () => phone.mutate('check_ins.record', checkIn()))
    await Promise.all(saves)
    const numbers = (await phone.store.outbox.toArray()).map(({ number }) => number)
    expect(numbers).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
  })

  test('a reply that got lost, was cut off or came from a hotel changes nothing, and nothing is applied twice', async () => {
    const phone = await phoneOf()
    await phone.mutate('check_ins.record', checkIn())
    phone.forecast.push('lost-reply', 'truncated', 'portal', 'twice')
    for (const _ of [1, 2, 3]) {
      expect(await phone.sync()).toMatchObject({ kind: 'wait', reason: 'unreachable' })
      expect(await phone.store.outbox.count()).toBe(1)
    }
    expect((await phone.sync()).kind).toBe('done')
    expect(server.applied).toHaveLength(1)
  })

  test('a restored copy of the store parts from its twin without losing or repeating anything', async () => {
    const phone = await phoneOf()
    await phone.mutate('check_ins.record', checkIn())
    const twin = await phone.clone('twin')
    await phone.mutate('check_ins.record', checkIn())
    await twin.mutate('check_ins.record', checkIn())
    await phone.sync()
    await twin.sync()
    await phone.sync()
    expect(server.applied).toHaveLength(3)
    expect(new Set(server.applied).size).toBe(3)
    expect((await meta(twin, 'device'))?.id).not.toBe((await meta(phone, 'device'))?.id)
    expect(await twin.views()).toEqual(await phone.views())
  })

  test('a server that has forgotten this device gets everything that waits under a new one', async () => {
    const phone = await phoneOf()
    await phone.mutate('check_ins.record', checkIn())
    await phone.sync()
    await phone.mutate('check_ins.record', checkIn())
    const before = await meta(phone, 'device')
    await phone.store.meta.put({ key: 'device', value: { id: newId(), next: before?.next } })
    expect((await phone.sync()).kind).toBe('done')
    expect(server.applied).toHaveLength(2)
    expect((await meta(phone, 'device'))?.next).toBe(2)
  })

  test('a batch is cut at 100 changes', async () => {
    const phone = await phoneOf()
    for (let count = 0; count < 105; count += 1) await phone.mutate('check_ins.record', checkIn())
    await phone.sync()
    expect(requests(phone).map(({ mutations }) => mutations.length)).toContain(100)
    expect(Math.max(...requests(phone).map(({ mutations }) => mutations.length))).toBe(100)
    expect(server.applied).toHaveLength(105)
  })

  test('a batch is cut at 256 KiB', async () => {
    const phone = await phoneOf()
    for (let count = 0; count < 30; count += 1) {
      await phone.mutate('check_ins.record', checkIn({ note: '🌊'.repeat(4_000) }))
    }
    await phone.sync()
    const sizes = requests(phone).map(({ mutations }) => Buffer.byteLength(JSON.stringify(mutations)))
    expect(Math.max(...sizes)).toBeLessThanOrEqual(BATCH_BYTES + 2)
    expect(sizes.filter((size) => size > 200_000)).not.toHaveLength(0)
    expect(server.applied).toHaveLength(30)
  })
})

describe('refused', () => {
  test('it waits in "needs a look" with the reason and the words, and is no longer shown', async () => {
    const phone = await phoneOf()
    const args = checkIn({ note: 'what I wrote', happenedAt: '2126-11-22T07:15:00.000+01:00' })
    await phone.mutate('check_ins.record', args)
    await phone.mutate('check_ins.record', checkIn())
    await phone.sync()
    expect(await phone.store.needs_look.toArray()).toMatchObject([
      { name: 'check_ins.record', reason: 'in-the-future', args },
    ])
    expect((await phone.views())['check_ins']).toHaveLength(1)
    expect(await meta(phone, 'confirm')).toEqual([1])
  })

  test('the server hears once that it is safe here, and forgets it', async () => {
    const phone = await phoneOf()
    await phone.mutate('check_ins.record', checkIn({ mood: 6 }))
    await phone.sync()
    await phone.sync()
    expect(requests(phone).map(({ confirmed }) => confirmed)).toEqual([[], [1]])
    expect(await meta(phone, 'confirm')).toBeUndefined()
    await phone.sync()
    expect(requests(phone).at(-1)?.confirmed).toEqual([])
    expect(await phone.store.needs_look.count()).toBe(1)
  })

  test('a clone never confirms what its twin has not seen', async () => {
    const phone = await phoneOf()
    const twin = await phone.clone('twin')
    await twin.store.meta.put({ key: 'device', value: await meta(phone, 'device') })
    await phone.mutate('check_ins.record', checkIn())
    await phone.sync()
    const again = await phone.clone('again')
    await phone.mutate('check_ins.record', checkIn({ mood: 6 }))
    phone.forecast.push('lost-reply')
    await phone.sync()
    await again.sync()
    await again.sync()
    await phone.sync()
    expect(await phone.store.needs_look.count()).toBe(1)
  })

  test('a change that this server does not know is sent again when the server has been updated', async () => {
    const phone = await phoneOf()
    server.unknown.add('check_ins.record')
    await phone.mutate('check_ins.record', checkIn())
    await phone.sync()
    await phone.sync()
    expect(await phone.store.needs_look.toArray()).toMatchObject([{ reason: 'unknown-mutation' }])
    server.unknown.clear()
    server.build = 'server-2'
    expect((await phone.sync()).kind).toBe('done')
    expect(await phone.store.needs_look.count()).toBe(0)
    expect(server.rowsOf(ADA)).toHaveLength(1)
    expect((await phone.views())['check_ins']).toHaveLength(1)
  })

  test('an exception on the server blocks for three tries and no longer', async () => {
    const phone = await phoneOf()
    await phone.mutate('check_ins.record', checkIn())
    await phone.mutate('check_ins.record', checkIn({ note: 'break' }))
    await phone.mutate('check_ins.record', checkIn())
    const fault = { kind: 'wait', reason: 'busy', problem: 'server-fault' }
    expect(await phone.sync()).toMatchObject(fault)
    expect(await phone.store.outbox.count()).toBe(2)
    expect(await phone.sync()).toMatchObject(fault)
    expect((await phone.sync()).kind).toBe('done')
    expect(await phone.store.needs_look.toArray()).toMatchObject([{ reason: 'server-fault' }])
    expect(server.applied).toHaveLength(2)
  })
})

describe('pulling', () => {
  test('a second phone has it too, page by page, and all at once', async () => {
    const phone = await phoneOf()
    for (let mood = 1; mood <= 5; mood += 1) {
      await phone.mutate('check_ins.record', checkIn({ mood }))
      await phone.mutate('preferences.set', { key: `key-${mood}`, value: 'x' })
    }
    await phone.sync()
    const other = await phoneOf(server, 'other')
    const seen: number[] = []
    for (let again = true; again;) {
      again = (await other.step()).kind === 'again'
      seen.push(await other.store.table('check_ins').count())
    }
    expect(seen).toEqual([0, 0, 0, 5])
    expect(await other.views()).toEqual(await phone.views())
    expect(await other.store.staging.count()).toBe(0)
  })

  test('a pull that was interrupted begins again', async () => {
    const phone = await phoneOf()
    for (let count = 0; count < 8; count += 1) await phone.mutate('check_ins.record', checkIn())
    await phone.sync()
    const other = await phoneOf(server, 'other')
    await other.sync(2)
    expect(await other.store.staging.count()).toBe(2)
    other.restart()
    await other.sync()
    expect(await other.views()).toEqual(await phone.views())
    expect(await other.store.staging.count()).toBe(0)
  })

  test('whole means replace', async () => {
    const phone = await phoneOf()
    const gone = checkIn()
    await phone.mutate('check_ins.record', gone)
    await phone.mutate('check_ins.record', checkIn())
    await phone.sync()
    const other = await phoneOf(server, 'other')
    await other.sync()
    await phone.mutate('check_ins.delete', { id: gone.id })
    await phone.sync()
    server.prune()
    await other.sync()
    expect(await other.views()).toEqual(await phone.views())
    expect(await other.store.server_rows.count()).toBe(1)
  })

  test('whole once more in the middle of a pull means begin again', async () => {
    const phone = await phoneOf()
    const all = Array.from({ length: 7 }, () => checkIn())
    for (const args of all) await phone.mutate('check_ins.record', args)
    await phone.sync()
    const other = await phoneOf(server, 'other')
    await other.step()
    expect(await other.store.staging.count()).toBe(1)
    // What the first page brought is deleted and forgotten before the second page is asked for.
    for (const { id } of all.slice(0, 3)) await phone.mutate('check_ins.delete', { id })
    await phone.sync()
    server.prune()
    await other.sync()
    expect((await other.views())['check_ins']).toHaveLength(4)
    expect(await other.views()).toEqual(await phone.views())
  })

  test('the rows of a space that is gone go at once', async () => {
    const phone = await phoneOf()
    await phone.store.server_rows.put({
      kind: 'check_in',
      space: 'a pair',
      id: 'x',
      version: 1,
      data: checkIn(),
    })
    await phone.store.table('check_ins').put({ ...checkIn(), id: 'x', localDate: '2026-11-22', instant: 1 })
    await phone.sync()
    expect(await phone.store.server_rows.count()).toBe(0)
    expect((await phone.views())['check_ins']).toEqual([])
  })

  test('what this app cannot read is kept, and shown once it can', async () => {
    const phone = await phoneOf()
    const row = {
      kind: 'strategy',
      space: `journal-of-${ADA}`,
      id: 'x',
      version: 1,
      deleted: false,
      data: { a: 1 },
    }
    const knowing: Answering = {
      answer: (body, session) => {
        const reply = JSON.parse(server.answer(body, session).text) as { rows: unknown[] }
        return json(200, { ...reply, rows: [...reply.rows, row, { ...row, kind: 'check_in', id: 'y' }] })
      },
    }
    const other = await phoneOf(knowing, 'other')
    expect((await other.sync()).kind).toBe('done')
    expect(await other.store.server_rows.where('unread').equals(1).count()).toBe(2)
    expect((await other.views())['check_ins']).toEqual([])
    expect((await phone.sync()).kind).toBe('done')
  })

  test('what waits is replayed on top of what the server says', async () => {
    const phone = await phoneOf()
    const args = checkIn({ mood: 1, note: 'mine' })
    await phone.mutate('check_ins.record', args)
    await phone.sync()
    const other = await phoneOf(server, 'other')
    await other.sync()
    await other.mutate('check_ins.edit', { id: args.id, mood: 5 })
    await other.sync()
    await phone.mutate('check_ins.edit', { id: args.id, note: 'changed' })
    // Saved while the answer is on its way: not sent yet, and still shown after it.
    phone.meanwhile = () => phone.mutate('check_ins.edit', { id: args.id, energy: 2 })
    await phone.step()
    expect((await phone.views())['check_ins']).toMatchObject([{ mood: 5, note: 'changed', energy: 2 }])
    expect(await phone.store.outbox.count()).toBe(1)
  })
})

describe('a server restored from a backup', () => {
  test('gets again what it had acknowledged and lost, and gives everything whole', async () => {
    const phone = await phoneOf()
    await phone.mutate('check_ins.record', checkIn())
    await phone.sync()
    const backup = server.backup()
    await phone.mutate('check_ins.record', checkIn())
    await phone.mutate('check_ins.record', checkIn({ mood: 6 }))
    await phone.mutate('check_ins.record', checkIn())
    await phone.sync()
    server.restore(backup)
    expect((await phone.sync()).kind).toBe('done')
    expect(server.applied).toHaveLength(3)
    expect((await phone.views())['check_ins']).toHaveLength(3)
    expect(await phone.store.needs_look.count()).toBe(1)
  })

  test('and restored again before the phone had pulled', async () => {
    const phone = await phoneOf()
    const backups = []
    for (let count = 0; count < 3; count += 1) {
      await phone.mutate('check_ins.record', checkIn())
      await phone.sync()
      backups.push(server.backup())
    }
    const [first, second] = backups
    if (first === undefined || second === undefined) throw new Error('no backups')
    server.restore(second)
    await phone.step()
    server.restore(first)
    await phone.sync()
    expect(server.applied).toHaveLength(3)
    // Nothing waits, nothing was pulled: only the name of the database tells.
    server.restore(second)
    await phone.step()
    await phone.step()
    await phone.store.meta.delete('cookie')
    server.restore(first)
    await phone.sync()
    expect(server.applied).toHaveLength(3)
    expect((await phone.views())['check_ins']).toHaveLength(3)
  })

  test('also what the devices sent that this store was before', async () => {
    const phone = await phoneOf()
    const backup = server.backup()
    await phone.mutate('check_ins.record', checkIn())
    await phone.sync()
    const twin = await phone.clone('twin')
    await phone.mutate('check_ins.record', checkIn())
    await phone.sync()
    await twin.mutate('check_ins.record', checkIn())
    await twin.sync()
    server.restore(backup)
    await twin.sync()
    expect((await twin.views())['check_ins']).toHaveLength(2)
    await phone.sync()
    await twin.sync()
    expect((await twin.views())['check_ins']).toHaveLength(3)
  })

  test('acknowledged changes are kept for 30 days', async () => {
    const phone = await phoneOf()
    await phone.mutate('check_ins.record', checkIn())
    await phone.sync()
    phone.clockAhead = KEEP - 60_000
    await phone.sync()
    expect(await phone.store.kept.count()).toBe(1)
    phone.clockAhead = KEEP + 60_000
    await phone.sync()
    expect(await phone.store.kept.count()).toBe(0)
  })
})

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
