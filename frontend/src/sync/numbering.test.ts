import { beforeEach, describe, expect, test } from 'vitest'

import { newId } from '../store/ids'
import { BATCH_BYTES } from './outbox'
import { ADA, meta, phoneOfAda, requests, serverWithAda } from './testing/ada'
import { checkIn } from './testing/check_in'
import { type ModelServer } from './testing/model_server'
import { type Answering, type Phone } from './testing/phone'

let server: ModelServer

beforeEach(() => {
  server = serverWithAda()
})

function phoneOf(answering: Answering = server, name = 'phone'): Promise<Phone> {
  return phoneOfAda(answering, name)
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

  test('two copies with the same changes waiting, parted from a third, send them once between them', async () => {
    const phone = await phoneOf()
    await phone.mutate('check_ins.record', checkIn())
    await phone.sync()
    const third = await phone.clone('third')
    await phone.mutate('check_ins.record', checkIn())
    await phone.mutate('check_ins.record', checkIn())
    const twin = await phone.clone('twin')
    await phone.mutate('check_ins.record', checkIn())
    await twin.mutate('check_ins.record', checkIn())
    // The number of what both wait with is taken.
    await third.mutate('check_ins.record', checkIn())
    await third.sync()
    for (const one of [phone, twin, phone]) await one.sync()
    expect(server.applied).toHaveLength(6)
    expect(new Set(server.applied).size).toBe(6)
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
    expect(requests(phone).map(({ confirmed }) => confirmed)).toEqual([[], [], [1]])
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
