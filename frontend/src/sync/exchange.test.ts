import { describe, expect, test } from 'vitest'

import { newId } from '../store/ids'
import { journalOf, ModelServer } from './testing/model_server'
import { Phone } from './testing/phone'

const ADA = 'ada'

function checkIn(mood: number, more: object = {}) {
  return {
    id: newId(),
    mood,
    energy: null,
    feelings: [],
    contexts: [],
    note: null,
    happenedAt: '2026-11-22T07:15:00.000+01:00',
    zone: 'Europe/Dublin',
    ...more,
  }
}

function serverWithAda(): ModelServer {
  const server = new ModelServer()
  server.addAccount(ADA)
  return server
}

async function phoneOf(server: ModelServer, name = 'phone'): Promise<Phone> {
  const phone = new Phone(name, server, { account: ADA })
  await phone.store.meta.put({ key: 'owner', value: { id: ADA, name: ADA } })
  return phone
}

describe('one phone and the server', () => {
  test('what was recorded arrives once, and comes back as the server has it', async () => {
    const server = serverWithAda()
    const phone = await phoneOf(server)
    await phone.mutate('check_ins.record', checkIn(4))
    expect(await phone.store.outbox.count()).toBe(1)
    expect(await phone.sync()).toEqual({ kind: 'done' })
    expect(server.rowsOf(ADA)).toHaveLength(1)
    expect(await phone.store.outbox.count()).toBe(0)
    expect(await phone.store.kept.count()).toBe(1)
    expect((await phone.views())['check_ins']).toMatchObject([{ mood: 4, localDate: '2026-11-22' }])
  })

  test('a second phone has it too, page by page', async () => {
    const server = serverWithAda()
    const phone = await phoneOf(server)
    for (let mood = 1; mood <= 5; mood += 1) await phone.mutate('check_ins.record', checkIn(mood))
    for (let mood = 1; mood <= 5; mood += 1) await phone.mutate('check_ins.record', checkIn(mood))
    await phone.sync()
    const other = await phoneOf(server, 'other')
    await other.sync()
    expect(other.sent.length).toBeGreaterThan(3)
    expect(await other.views()).toEqual(await phone.views())
    expect(await other.store.staging.count()).toBe(0)
    expect(journalOf(ADA)).toBe((await other.store.server_rows.toArray())[0]?.space)
  })

  test('a lost reply is no second application', async () => {
    const server = serverWithAda()
    const phone = await phoneOf(server)
    await phone.mutate('check_ins.record', checkIn(4))
    phone.forecast.push('lost-reply', 'truncated', 'portal', 'twice')
    expect((await phone.sync()).kind).toBe('wait')
    expect((await phone.sync()).kind).toBe('wait')
    expect((await phone.sync()).kind).toBe('wait')
    expect((await phone.sync()).kind).toBe('done')
    expect(server.applied).toHaveLength(1)
  })
})
