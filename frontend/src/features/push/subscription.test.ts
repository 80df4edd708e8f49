import 'fake-indexeddb/auto'

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

import { database, recall, remember } from '../../store/database'
import { erase } from '../../store/erase'
import '../synced'
import { bytesOf, textOf } from './keys'
import { drop, keep, turnOff, turnOn, type TurnedOn } from './subscription'
import { BrowserPushes, PushServer } from './testing/push_world'

let browser: BrowserPushes
let server: PushServer

beforeEach(async () => {
  await database.start()
  for (const table of database.tables) await table.clear()
  await remember(database, 'owner', { id: 'ada', name: 'ada' })
  browser = new BrowserPushes()
  server = new PushServer()
  vi.stubGlobal('fetch', server.fetch)
})

afterEach(() => {
  vi.unstubAllGlobals()
})

function turn(permission: NotificationPermission = 'granted'): Promise<TurnedOn> {
  return turnOn(
    () => Promise.resolve(permission),
    () => Promise.resolve(browser),
  )
}

const endpoints = (): string[] => [...server.subscribed]

test('a key is the same as bytes and as text', () => {
  for (const key of ['BAAA', '-_-_', 'AA', 'AAA']) expect(textOf(bytesOf(key).buffer)).toBe(key)
})

describe('turning on', () => {
  test('with a yes, the server knows this device', async () => {
    expect(await turn()).toEqual({ outcome: 'on' })
    expect(endpoints()).toEqual([browser.current?.endpoint])
    expect(await recall(database, 'pushOn')).toBe(true)
  })

  test.each([
    ['denied', 'denied'],
    ['default', 'dismissed'],
  ] as const)('with %s, nothing is asked of anybody', async (permission, outcome) => {
    expect(await turn(permission)).toEqual({ outcome })
    expect(browser.made).toBe(0)
    expect(await recall(database, 'pushOn')).toBeUndefined()
  })

  test('without an account', async () => {
    await remember(database, 'owner', undefined)
    expect(await turn()).toEqual({ outcome: 'signed-out' })
    expect(browser.made).toBe(0)
  })

  test('where the session has ended', async () => {
    server.signedIn = false
    expect(await turn()).toEqual({ outcome: 'signed-out' })
    expect(await recall(database, 'pushOn')).toBeUndefined()
  })

  test('offline', async () => {
    server.online = false
    expect(await turn()).toEqual({ outcome: 'unreachable' })
  })

  test('where there is no push service', async () => {
    browser.trouble = new DOMException('Registration failed - push service error', 'AbortError')
    expect(await turn()).toEqual({ outcome: 'no-service' })
    browser.trouble = new DOMException('No.', 'NotAllowedError')
    expect(await turn()).toEqual({ outcome: 'denied' })
  })

  test('through a push service that this server does not use', async () => {
    server.allowed = false
    expect(await turn()).toEqual({ outcome: 'refused', code: 'endpoint-not-allowed' })
  })

  test('while they sign out: nothing of theirs stays', async () => {
    vi.stubGlobal('fetch', async (path: string, sent: RequestInit) => {
      await erase(database)
      return server.fetch(path, sent)
    })
    expect(await turn()).toEqual({ outcome: 'signed-out' })
    expect(browser.current).toBeNull()
    expect(endpoints()).toEqual([])
    expect(await recall(database, 'pushOn')).toBeUndefined()
  })

  test('after somebody else whose subscription was left behind: never theirs', async () => {
    await browser.subscribe({ applicationServerKey: bytesOf(server.key) })
    server.taken.add('https://push.example/1')
    expect(await turn()).toEqual({ outcome: 'on' })
    expect(endpoints()).toEqual(['https://push.example/2'])
  })
})

describe('at every start', () => {
  beforeEach(turn)

  test('what is right stays as it is, and is not told again; another zone is', async () => {
    expect(await keep(browser, 'granted')).toEqual({ outcome: 'on' })
    expect([browser.made, server.told]).toEqual([1, 1])
    vi.stubEnv('TZ', 'Pacific/Apia')
    expect(await keep(browser, 'granted')).toEqual({ outcome: 'on' })
    expect([browser.made, server.told]).toEqual([1, 2])
    vi.unstubAllEnvs()
  })

  test('what the server has let go of is dead, and made anew; once, in two tabs as well', async () => {
    server.subscribed.clear()
    await Promise.all([keep(browser, 'granted'), keep(browser, 'granted')])
    expect(browser.made).toBe(2)
    expect(endpoints()).toEqual(['https://push.example/2'])
  })

  test('another key of the server’s: a new subscription', async () => {
    server.key = 'BBBB'
    expect(await keep(browser, 'granted')).toEqual({ outcome: 'on' })
    const key = browser.current?.options.applicationServerKey
    expect(key && textOf(key)).toBe('BBBB')
    expect(endpoints()).toContain('https://push.example/2')
  })

  test('what the browser has lost is made again', async () => {
    browser.current = null
    expect(await keep(browser, 'granted')).toEqual({ outcome: 'on' })
    expect(browser.made).toBe(2)
  })

  test('offline nothing is lost', async () => {
    server.online = false
    expect(await keep(browser, 'granted')).toEqual({ outcome: 'unreachable' })
    expect(browser.current).not.toBeNull()
    expect(await recall(database, 'pushOn')).toBe(true)
  })

  test('nothing is done that the person has not asked for', async () => {
    expect(await keep(browser, 'denied')).toBeNull()
    await turnOff(browser)
    expect(await keep(browser, 'granted')).toBeNull()
    expect(browser.current).toBeNull()
  })

  test('signed out, it waits; signed in again, it goes on', async () => {
    await remember(database, 'session', 'signed-out')
    expect(await keep(browser, 'granted')).toBeNull()
    expect(browser.current).not.toBeNull()
    await remember(database, 'session', 'signed-in')
    expect(await keep(browser, 'granted')).toEqual({ outcome: 'on' })
  })

  test('whose store was emptied meanwhile: the subscription goes', async () => {
    await erase(database)
    expect(await keep(browser, 'granted')).toBeNull()
    expect(browser.current).toBeNull()
  })
})

describe('turning off', () => {
  beforeEach(turn)

  test('the browser and the server forget', async () => {
    await turnOff(browser)
    expect(browser.current).toBeNull()
    expect(endpoints()).toEqual([])
    expect(await recall(database, 'pushOn')).toBeUndefined()
  })

  test('offline the browser forgets at once', async () => {
    server.online = false
    await turnOff(browser)
    expect(browser.current).toBeNull()
    expect(await recall(database, 'pushOn')).toBeUndefined()
  })

  test('for whoever has gone is the browser’s part only', async () => {
    server.online = false
    await drop(browser)
    await drop(browser)
    expect(browser.current).toBeNull()
  })
})
