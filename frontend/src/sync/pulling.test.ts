import { beforeEach, describe, expect, test } from 'vitest'

import { KEEP } from './apply'
import { ADA, phoneOfAda, serverWithAda } from './testing/ada'
import { checkIn } from './testing/check_in'
import { json, type ModelServer } from './testing/model_server'
import { type Answering, type Phone } from './testing/phone'

let server: ModelServer

beforeEach(() => {
  server = serverWithAda()
})

function phoneOf(answering: Answering = server, name = 'phone'): Promise<Phone> {
  return phoneOfAda(answering, name)
}

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

  test('and what a new phone sent at its very first contact and came only now', async () => {
    const backup = server.backup()
    const phone = await phoneOf()
    // Refused, and so not to be sent again: what comes after it gets a new number, under which it is not known.
    await phone.mutate('check_ins.record', checkIn({ mood: 6 }))
    await phone.mutate('check_ins.record', checkIn())
    phone.forecast.push('late')
    expect((await phone.sync()).kind).toBe('wait')
    await phone.sync()
    server.restore(backup)
    await phone.sync()
    for (const deliver of phone.late.splice(0)) await deliver()
    await phone.sync()
    expect(server.applied).toHaveLength(1)
    expect((await phone.views())['check_ins']).toHaveLength(1)
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

  test('acknowledged changes are kept for 30 days, whatever the clock says', async () => {
    const phone = await phoneOf()
    await phone.mutate('check_ins.record', checkIn())
    await phone.sync()
    const days = async (count: number) => {
      for (let day = 0; day < count; day += 1) {
        phone.clockAhead += KEEP / 30
        await phone.sync()
      }
    }
    await days(28)
    expect(await phone.store.kept.count()).toBe(1)
    // A clock that jumps makes it one day, not a month.
    phone.clockAhead += 5 * KEEP
    await phone.sync()
    phone.clockAhead -= 5 * KEEP
    await phone.sync()
    expect(await phone.store.kept.count()).toBe(1)
    await days(2)
    expect(await phone.store.kept.count()).toBe(0)
  })
})
