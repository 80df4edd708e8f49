/// <reference lib="webworker" />
import 'fake-indexeddb/auto'

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

import { dateIn, onClock, zoneHere } from '../frontend/src/features/check_ins/local_time'
import { recordCheckIn } from '../frontend/src/features/check_ins/mutators'
import { BrowserPushes, PushServer } from '../frontend/src/features/push/testing/push_world'
import { database, recall, remember } from '../frontend/src/store/database'
import { answerTaps } from './notification-click'
import { showPushes } from './push'

const ORIGIN = 'https://leeward.example'
const KEY = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'

interface ShownNotification {
  title: string
  options: Omit<NotificationOptions, 'data'> & { actions?: unknown[]; data: unknown }
}

/** A tab as the worker sees it. */
class Tab {
  readonly visibilityState = 'visible'
  readonly told: unknown[] = []
  readonly gone: string[] = []
  focused = 0

  /** `answers`: the page listens. */
  constructor(readonly answers: boolean) {}

  focus(): Promise<this> {
    this.focused += 1
    return Promise.resolve(this)
  }

  navigate(path: string): Promise<this> {
    this.gone.push(path)
    return Promise.resolve(this)
  }

  postMessage(message: unknown, [port]: MessagePort[]): void {
    this.told.push(message)
    if (this.answers) port?.postMessage('gone there')
  }
}

/** As much of a worker's surroundings as is used here. */
class Surroundings {
  readonly shown: ShownNotification[] = []
  readonly opened: string[] = []
  readonly pushManager = new BrowserPushes()
  tabs: Tab[] = []
  readonly location = { origin: ORIGIN }
  /** What stands on the lock screen, by its tag. */
  readonly standing = new Map<string, ShownNotification>()
  readonly badges: number[] = []
  readonly navigator = {
    setAppBadge: (count: number) => Promise.resolve(void this.badges.push(count)),
    clearAppBadge: () => Promise.resolve(void this.badges.push(0)),
  }
  readonly registration = {
    pushManager: this.pushManager,
    showNotification: (title: string, options: ShownNotification['options']) => {
      this.shown.push({ title, options })
      this.standing.set(options.tag ?? '', { title, options })
      return Promise.resolve()
    },
    getNotifications: () =>
      Promise.resolve(
        [...this.standing].map(([tag, { options }]) => ({
          data: options.data,
          close: () => this.standing.delete(tag),
        })),
      ),
  }
  readonly clients = {
    matchAll: () => Promise.resolve(this.tabs),
    openWindow: (path: string) => {
      this.opened.push(path)
      return Promise.resolve(null)
    },
  }
  readonly #listeners = new Map<string, (event: unknown) => void>()

  addEventListener(type: string, listener: (event: unknown) => void): void {
    this.#listeners.set(type, listener)
  }

  /** Resolves when everything the event had to wait for is done. */
  async happens(type: string, event: Record<string, unknown>): Promise<void> {
    const waiting: Promise<unknown>[] = []
    this.#listeners.get(type)?.({ ...event, waitUntil: (work: Promise<unknown>) => waiting.push(work) })
    expect(waiting).toHaveLength(1)
    await Promise.all(waiting)
  }

  push(content: string | null): Promise<void> {
    return this.happens('push', { data: content === null ? null : { text: () => content } })
  }

  tap(action = '', at = this.shown.at(-1)): Promise<void> {
    const close = vi.fn()
    return this.happens('notificationclick', { action, notification: { data: at?.options.data, close } })
  }
}

let worker: Surroundings
let server: PushServer

beforeEach(async () => {
  await database.start()
  for (const table of database.tables) await table.clear()
  await remember(database, 'owner', { id: 'ada', name: 'ada' })
  worker = new Surroundings()
  server = new PushServer()
  vi.stubGlobal('fetch', server.fetch)
  vi.stubGlobal('Notification', { permission: 'granted', maxActions: 2 })
  showPushes(worker as unknown as ServiceWorkerGlobalScope)
  answerTaps(worker as unknown as ServiceWorkerGlobalScope)
})

afterEach(() => {
  vi.unstubAllGlobals()
})

function reminder(key = KEY): string {
  return JSON.stringify({
    web_push: 8030,
    notification: {
      title: 'Leeward',
      body: 'A moment for you?',
      navigate: `${ORIGIN}/?reminder=${key}&date=2026-11-22`,
      tag: key,
      lang: 'en',
      silent: false,
    },
    mutable: true,
    leeward: {
      kind: 'reminder',
      key,
      reminder: '0198a000-0000-7000-8000-000000000001',
      date: dateIn(zoneHere(), Date.now()),
      slot: '20:00',
      dueAt: new Date().toISOString(),
      skipHours: 3,
      zone: zoneHere(),
      follows: true,
    },
  })
}

describe('a push', () => {
  test('is shown, and that it came is remembered', async () => {
    await worker.push(reminder())
    expect(worker.shown).toMatchObject([
      { title: 'Leeward', options: { body: 'A moment for you?', tag: KEY } },
    ])
    expect(worker.shown[0]?.options.actions).toHaveLength(2)
    // Nothing of it is fetched: without a network it would be missing, and on a bad one wait for it.
    expect(worker.shown[0]?.options.icon).toMatch(/^data:image\/png;base64,/)
    expect(await recall(database, 'pushReached')).toMatchObject({ key: KEY })
  })

  test.each([null, '', 'not json', '{"notification":[]}', '\0\0', '{"leeward":{"kind":"reminder"}}'])(
    'of nonsense (%j) is shown as well, once and without a sound',
    async (content) => {
      await worker.push(content)
      expect(worker.shown).toHaveLength(1)
      expect(worker.shown[0]).toMatchObject({ title: 'Leeward', options: { silent: true } })
    },
  )

  test('after a check-in that was not sent says only that it is done', async () => {
    server.online = false
    await recordCheckIn({ mood: 3, happenedAt: onClock(Date.now() - 60_000, zoneHere()) })
    await worker.push(reminder())
    expect(worker.shown).toMatchObject([{ options: { body: 'Already checked in.', silent: true } }])
  })

  test('takes down what a check-in has answered meanwhile, and is shown itself', async () => {
    await worker.push(reminder())
    await recordCheckIn({ mood: 3 })
    await worker.push(reminder('another'))
    expect([...worker.standing.values()]).toMatchObject([{ options: { body: 'Already checked in.' } }])
  })

  test('brings the badge up to date: what waits for a look, and nothing else', async () => {
    await worker.push(reminder())
    expect(worker.badges).toEqual([0])
    const line = { id: 'one', name: 'check_ins.record', args: {}, code: 'invalid', at: 0 }
    await database.table('needs_look').put(line)
    await worker.push(reminder())
    expect(worker.badges).toEqual([0, 1])
  })

  test('for somebody who has gone ends the subscription', async () => {
    await remember(database, 'owner', undefined)
    await worker.pushManager.subscribe({ applicationServerKey: new Uint8Array([4, 0, 0]) })
    await worker.push(reminder())
    expect(worker.shown).toHaveLength(1)
    expect(worker.pushManager.current).toBeNull()
  })

  test('that the browser’s own change of subscription brought up keeps what is wanted', async () => {
    await remember(database, 'pushOn', true)
    await worker.happens('pushsubscriptionchange', {})
    expect([...server.subscribed]).toEqual(['https://push.example/1'])
  })
})

describe('a tap', () => {
  beforeEach(() => worker.push(reminder()))

  test('brings the open tab to the front, and it goes there by itself', async () => {
    const tab = new Tab(true)
    worker.tabs = [tab, new Tab(true)]
    await worker.tap()
    expect(tab).toMatchObject({
      focused: 1,
      told: [{ type: 'open', path: `/?reminder=${KEY}&date=2026-11-22&time=20%3A00` }],
      gone: [],
    })
    expect(worker.opened).toEqual([])
  })

  test('takes along a tab that does not listen yet', async () => {
    const tab = new Tab(false)
    worker.tabs = [tab]
    await worker.tap()
    expect(tab.gone).toEqual([`/?reminder=${KEY}&date=2026-11-22&time=20%3A00`])
  })

  test('opens the app where there is none', async () => {
    await worker.tap()
    expect(worker.opened).toEqual([`/?reminder=${KEY}&date=2026-11-22&time=20%3A00`])
  })

  test('on an answer saves a check-in, offline and without opening anything', async () => {
    server.online = false
    const asked = worker.shown[0]
    await worker.tap('better', asked)
    await worker.tap('better', asked)
    expect(worker.opened).toEqual([])
    expect(await database.table('check_ins').toArray()).toMatchObject([{ mood: 4 }])
    expect(await database.outbox.count()).toBe(1)
    expect(worker.shown.at(-1)).toMatchObject({ options: { tag: KEY, silent: true } })
    await worker.tap()
    expect(worker.opened).toEqual([expect.stringMatching(/^\/check-ins\/[0-9a-f-]{36}$/)])
  })

  test('on an answer takes down what else stands of today, and nothing other than that', async () => {
    const asked = worker.shown[0]
    await worker.push(reminder('another'))
    await worker.push('not json')
    await worker.tap('better', asked)
    expect([...worker.standing.keys()]).toEqual([KEY, 'leeward'])
    expect(worker.standing.get(KEY)).toMatchObject({
      options: { body: 'Saved on this phone. Tap to add more.' },
    })
  })

  test('on a notification with nothing attached opens Today', async () => {
    await worker.happens('notificationclick', {
      action: 'better',
      notification: { data: null, close: vi.fn() },
    })
    expect(worker.opened).toEqual(['/'])
  })
})
