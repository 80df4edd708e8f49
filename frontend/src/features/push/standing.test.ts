import 'fake-indexeddb/auto'

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

import { database, remember } from '../../store/database'
import { onClock, zoneHere } from '../check_ins/local_time'
import { recordCheckIn } from '../check_ins/mutators'
import { daysAfter } from '../reminders/rules'
import '../synced'
import type { Told } from './payload'
import { showBadge, takeDownAnswered, type Badging } from './standing'

const HOUR = 3_600_000
const HERE = zoneHere()
/** Noon, so that the hours around it are of one day. */
const NOW = new Date().setHours(12, 0, 0, 0)
const TODAY = onClock(NOW, HERE).slice(0, 10)

class LockScreen {
  readonly standing: { data: unknown; close: () => void }[] = []

  stands(data: unknown): void {
    const notification = {
      data,
      close: () => void this.standing.splice(this.standing.indexOf(notification), 1),
    }
    this.standing.push(notification)
  }

  /** The keys of what stands there. */
  get keys(): unknown[] {
    return this.standing.map(({ data }) => (data as { told: Told | null } | null)?.told?.key ?? null)
  }

  readonly getNotifications = () => Promise.resolve([...this.standing] as unknown as Notification[])
}

let lockScreen: LockScreen

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW })
  await database.start()
  for (const table of database.tables) await table.clear()
  await remember(database, 'owner', { id: 'ada', name: 'ada' })
  lockScreen = new LockScreen()
})

afterEach(() => vi.useRealTimers())

function reminder(key: string, more: Partial<Told> = {}): void {
  const told: Told = {
    kind: 'reminder',
    key,
    reminder: '0198a000-0000-7000-8000-000000000001',
    date: TODAY,
    slot: '11:00',
    dueAt: new Date(NOW - HOUR).toISOString(),
    skipHours: 3,
    zone: HERE,
    follows: true,
    pair: null,
    ask: null,
    ...more,
  }
  lockScreen.stands({ path: '/', told })
}

async function checkedIn(hoursAgo: number): Promise<void> {
  await recordCheckIn({ mood: 3, happenedAt: onClock(NOW - hoursAgo * HOUR, HERE), zone: HERE })
}

const takeDown = (): Promise<void> => takeDownAnswered(lockScreen, database, NOW)

describe('after a check-in', () => {
  test('a reminder of today goes', async () => {
    reminder('one')
    await takeDown()
    expect(lockScreen.keys).toEqual(['one'])
    await checkedIn(0.5)
    await takeDown()
    expect(lockScreen.keys).toEqual([])
  })

  test('one that is to come even so goes only when it was made since', async () => {
    reminder('always', { skipHours: null })
    await checkedIn(1.5)
    await takeDown()
    expect(lockScreen.keys).toEqual(['always'])
    await checkedIn(0.5)
    await takeDown()
    expect(lockScreen.keys).toEqual([])
  })

  test('everything else stays', async () => {
    await checkedIn(0.5)
    reminder('yesterday', { date: daysAfter(TODAY, -1), dueAt: new Date(NOW - 25 * HOUR).toISOString() })
    reminder('comet', { kind: 'comet' })
    lockScreen.stands({ path: '/check-ins/one', told: null })
    lockScreen.stands(null)
    const before = lockScreen.keys
    await takeDown()
    expect(lockScreen.keys).toEqual(before)
  })

  test('the one that has just been shown stays', async () => {
    reminder('one')
    await checkedIn(0.5)
    await takeDownAnswered(lockScreen, database, NOW, 'one')
    expect(lockScreen.keys).toEqual(['one'])
  })

  test('of a clock elsewhere, today is what that clock shows', async () => {
    await checkedIn(0.5)
    const zone = 'Pacific/Kiritimati'
    reminder('pinned', { zone, follows: false, date: onClock(NOW, zone).slice(0, 10) })
    reminder('past', { zone, follows: false, date: daysAfter(onClock(NOW, zone).slice(0, 10), -1) })
    await takeDown()
    expect(lockScreen.keys).toEqual(['past'])
  })

  test('a browser that tells of no notifications is left alone', async () => {
    await checkedIn(0.5)
    await expect(takeDownAnswered({}, database, NOW)).resolves.toBeUndefined()
  })
})

test('the badge says what waits for a look, and nothing when nothing does', async () => {
  const said: number[] = []
  const badging: Badging = {
    setAppBadge: (count) => Promise.resolve(void said.push(count)),
    clearAppBadge: () => Promise.resolve(void said.push(0)),
  }
  await checkedIn(0.5)
  await showBadge(badging, database)
  await database.table('needs_look').bulkPut([{ id: 'one' }, { id: 'two' }])
  await showBadge(badging, database)
  await showBadge({}, database)
  expect(said).toEqual([0, 2])
})
