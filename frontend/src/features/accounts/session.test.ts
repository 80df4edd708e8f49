import 'fake-indexeddb/auto'

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

import { database, recall } from '../../store/database'
import type { Meta } from '../../store/lines'
import { Exchange } from '../../sync/exchange'
import { ModelServer } from '../../sync/testing/model_server'
import { recordCheckIn } from '../check_ins/mutators'
import { setPreference } from '../preferences/mutators'
import '../synced'
import {
  adopt,
  deleteAccount,
  finishSignOut,
  recover,
  settleLostSession,
  signIn,
  signOut,
  signUp,
  startFresh,
  stayWithoutAccount,
} from './session'
import { AccountServer } from './testing/account_server'

const ADA = { name: 'ada', password: 'a good long one' }
const CLEO = { name: 'cleo', password: 'another long one' }

let server: AccountServer

beforeEach(async () => {
  await database.start()
  for (const table of database.tables) await table.clear()
  server = new AccountServer(new ModelServer())
  vi.stubGlobal('fetch', server.fetch)
})

afterEach(() => {
  vi.unstubAllGlobals()
})

function known<K extends keyof Meta>(key: K): Promise<Meta[K] | undefined> {
  return recall(database, key)
}

async function sync() {
  const talk = new Exchange({
    store: database,
    peer: (body) => server.sync(body),
    build: 'app-1',
    now: () => Date.now(),
    finishSignOut,
    settleLostSession,
  })
  for (;;) {
    const step = await talk.step()
    if (step.kind !== 'again') return step
  }
}

async function everythingIsGone(): Promise<void> {
  for (const table of database.tables.filter(({ name }) => name !== 'meta')) {
    expect({ [table.name]: await table.count() }).toEqual({ [table.name]: 0 })
  }
  expect(await known('cookie')).toBeUndefined()
  expect(await known('owner')).toBeUndefined()
}

describe('signing up', () => {
  test('sends what was written before', async () => {
    await recordCheckIn({ mood: 4 })
    const outcome = await signUp(ADA)
    expect(outcome).toMatchObject({ outcome: 'signed-up' })
    expect('recoveryCodes' in outcome && outcome.recoveryCodes).toHaveLength(10)
    expect(await sync()).toEqual({ kind: 'done' })
    expect(server.rowsOf('ada')).toHaveLength(1)
    expect(await known('owner')).toMatchObject({ name: 'ada' })
  })

  test('with a name that somebody else has is refused, and changes nothing', async () => {
    server.addAccount(ADA)
    await recordCheckIn({ mood: 4 })
    expect(await signUp({ ...ADA, password: 'not the same' })).toMatchObject({
      outcome: 'refused',
      problem: { code: 'name-taken', field: 'name' },
    })
    expect(await known('owner')).toBeUndefined()
    expect(await known('signingUp')).toBeUndefined()
    expect(server.sessionOf()).toBeNull()
  })

  test('a lost reply: the next try finds that the account is ours, and gets new codes', async () => {
    await recordCheckIn({ mood: 4 })
    server.forecast.push('lost-reply')
    expect(await signUp(ADA)).toEqual({ outcome: 'unreachable' })
    server.forget()
    const outcome = await signUp(ADA)
    expect(outcome).toMatchObject({ outcome: 'signed-up' })
    expect('recoveryCodes' in outcome && outcome.recoveryCodes).toHaveLength(10)
    await sync()
    expect(server.rowsOf('ada')).toHaveLength(1)
  })

  test('a lost reply whose cookie came: the next sync takes up where it stopped', async () => {
    await recordCheckIn({ mood: 4 })
    server.forecast.push('lost-reply')
    expect(await signUp(ADA)).toEqual({ outcome: 'unreachable' })
    expect(await sync()).toEqual({ kind: 'done' })
    expect(await known('owner')).toMatchObject({ name: 'ada' })
    expect(server.rowsOf('ada')).toHaveLength(1)
  })

  test('a lost reply is no way into an account from long ago: then it asks', async () => {
    await recordCheckIn({ mood: 4 })
    server.addAccount(ADA, Date.now() - 90 * 24 * 3_600_000)
    server.forecast.push('lost-request')
    expect(await signUp(ADA)).toEqual({ outcome: 'unreachable' })
    expect(await signUp(ADA)).toEqual({ outcome: 'ask-to-adopt', count: 1 })
    expect(await known('owner')).toBeUndefined()
  })

  test('a first try that says "taken" was sent twice by the browser if the password fits', async () => {
    await recordCheckIn({ mood: 4 })
    server.addAccount(ADA)
    expect(await signUp(ADA)).toMatchObject({ outcome: 'signed-up' })
    await sync()
    expect(server.rowsOf('ada')).toHaveLength(1)
  })
})

describe('signing in', () => {
  beforeEach(() => {
    server.addAccount(ADA)
    server.addAccount(CLEO)
  })

  test('on an empty phone needs no question', async () => {
    expect(await signIn(ADA)).toEqual({ outcome: 'signed-in' })
    expect(await known('owner')).toMatchObject({ name: 'ada' })
  })

  test('a choice made before goes along without a question', async () => {
    await setPreference('theme', 'dark')
    expect(await signIn(ADA)).toEqual({ outcome: 'signed-in' })
    await sync()
    expect(server.rowsOf('ada')).toMatchObject([{ data: { key: 'theme', value: 'dark' } }])
  })

  test('with check-ins on the phone asks, and sends nothing before the answer', async () => {
    await recordCheckIn({ mood: 4 })
    await recordCheckIn({ mood: 2 })
    expect(await signIn(ADA)).toEqual({ outcome: 'ask-to-adopt', count: 2 })
    expect(await sync()).toEqual({ kind: 'stop', reason: 'question' })
    expect(server.rowsOf('ada')).toEqual([])
    expect(await adopt()).toBe(true)
    await sync()
    expect(server.rowsOf('ada')).toHaveLength(2)
    expect(await known('question')).toBeUndefined()
  })

  test('"start fresh" erases what was here and takes what the account has', async () => {
    await recordCheckIn({ mood: 4 })
    await signIn(ADA)
    expect(await startFresh()).toBe(true)
    await sync()
    expect(server.rowsOf('ada')).toEqual([])
    expect(await database.table('check_ins').count()).toBe(0)
    expect(await known('owner')).toMatchObject({ name: 'ada' })
  })

  test('"neither" ends the session and keeps what is here', async () => {
    await recordCheckIn({ mood: 4 })
    await signIn(ADA)
    await stayWithoutAccount()
    expect(server.sessionOf()).toBeNull()
    expect(await known('owner')).toBeUndefined()
    expect(await database.table('check_ins').count()).toBe(1)
    expect(await adopt()).toBe(false)
    expect(await startFresh()).toBe(false)
  })

  test('closed between the server’s yes and the store’s: the next sync asks', async () => {
    await recordCheckIn({ mood: 4 })
    server.forecast.push('lost-reply')
    expect(await signIn(ADA)).toEqual({ outcome: 'unreachable' })
    expect(await sync()).toEqual({ kind: 'stop', reason: 'question' })
    expect(await known('question')).toMatchObject({ account: { name: 'ada' } })
  })

  test('again after the session expired goes on where it was', async () => {
    await signIn(ADA)
    await sync()
    await recordCheckIn({ mood: 4 })
    server.forget()
    expect(await sync()).toEqual({ kind: 'stop', reason: 'signed-out' })
    expect(await signIn(ADA)).toEqual({ outcome: 'signed-in' })
    expect(await sync()).toEqual({ kind: 'done' })
    expect(server.rowsOf('ada')).toHaveLength(1)
  })

  test('as somebody else on this phone sends nothing, and ends that session again', async () => {
    await signIn(ADA)
    await recordCheckIn({ mood: 4 })
    expect(await signIn(CLEO)).toEqual({ outcome: 'other-owner', name: 'ada', unsent: 1 })
    expect(server.sessionOf()).toBeNull()
    expect(await known('owner')).toMatchObject({ name: 'ada' })
    expect(await sync()).toEqual({ kind: 'stop', reason: 'signed-out' })
    expect(server.rowsOf('cleo')).toEqual([])
    expect(await database.outbox.count()).toBe(1)
  })

  test('as somebody else who chose to erase leaves nothing of the first', async () => {
    await signIn(ADA)
    await recordCheckIn({ mood: 4 })
    expect(await signIn(CLEO, { eraseOther: true })).toEqual({ outcome: 'signed-in' })
    await sync()
    expect(server.rowsOf('cleo')).toEqual([])
    expect(await database.table('check_ins').count()).toBe(0)
    expect(await known('owner')).toMatchObject({ name: 'cleo' })
  })

  test('with a wrong password is refused', async () => {
    expect(await signIn({ ...ADA, password: 'wrong and long' })).toMatchObject({
      outcome: 'refused',
      problem: { status: 401, code: 'wrong-name-or-password' },
    })
  })

  test('with a recovery code is signing in', async () => {
    await recordCheckIn({ mood: 4 })
    expect(await recover({ ...ADA, password: 'a new long one' }, 'code-1')).toEqual({
      outcome: 'ask-to-adopt',
      count: 1,
    })
  })

  test('signing up on somebody’s phone is not possible', async () => {
    await signIn(ADA)
    expect(await signUp({ name: 'sol', password: 'long enough' })).toMatchObject({ outcome: 'other-owner' })
    expect(server.asked).not.toContain('POST /api/accounts')
  })
})

describe('signing out', () => {
  beforeEach(async () => {
    server.addAccount(ADA)
    await signIn(ADA)
    await recordCheckIn({ mood: 4 })
  })

  test('asks first when something was never sent', async () => {
    expect(await signOut()).toEqual({ outcome: 'unsent', count: 1 })
    expect(await database.table('check_ins').count()).toBe(1)
    expect(await signOut({ force: true })).toEqual({ outcome: 'signed-out' })
    await everythingIsGone()
    expect(server.sessionOf()).toBeNull()
  })

  test('empties the phone, with a new device id', async () => {
    await sync()
    const before = await known('device')
    expect(await signOut()).toEqual({ outcome: 'signed-out' })
    await everythingIsGone()
    expect((await known('device'))?.id).not.toBe(before?.id)
    expect(await known('signOutPending')).toBeUndefined()
  })

  test('works without a network: the server is told first thing at the next contact', async () => {
    await sync()
    server.forecast.push('lost-request')
    expect(await signOut()).toEqual({ outcome: 'signed-out' })
    await everythingIsGone()
    expect(server.sessionOf()).not.toBeNull()
    server.forecast.push('lost-request')
    expect(await sync()).toMatchObject({ kind: 'wait' })
    expect(await sync()).toEqual({ kind: 'done' })
    expect(server.sessionOf()).toBeNull()
    expect(await known('signOutPending')).toBeUndefined()
  })

  test('while the server has not been told, nobody signs in', async () => {
    await sync()
    server.forecast.push('lost-request', 'lost-request')
    await signOut()
    expect(await signIn(ADA)).toEqual({ outcome: 'unreachable' })
    expect(await signIn(ADA)).toEqual({ outcome: 'signed-in' })
    expect(server.asked.slice(-2)).toEqual(['DELETE /api/sessions/current', 'POST /api/sessions'])
  })
})

describe('deleting the account', () => {
  test('empties the phone too', async () => {
    server.addAccount(ADA)
    await signIn(ADA)
    await recordCheckIn({ mood: 4 })
    expect(await deleteAccount('not ada')).toMatchObject({ outcome: 'refused' })
    expect(await database.table('check_ins').count()).toBe(1)
    expect(await deleteAccount('ada')).toEqual({ outcome: 'deleted' })
    await everythingIsGone()
  })
})
