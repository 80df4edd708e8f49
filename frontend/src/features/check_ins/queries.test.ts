import 'fake-indexeddb/auto'

import { beforeAll, describe, expect, test } from 'vitest'

import { database } from '../../store/database'
import type { Live } from '../../store/live'
import { viewOf } from './kind'
import type { CheckIn, CheckInData } from './model'
import { checkInsOfDay, countCheckIns } from './queries'
import { checkInsOfMonth, daysShownUp, foundCheckIns, monthsOfCheckIns, ownWords } from './looking_back'

function moment(id: string, happenedAt: string, more: Partial<CheckInData> = {}): CheckIn {
  return viewOf(id, {
    mood: 3,
    energy: null,
    feelings: [],
    contexts: [],
    note: null,
    happenedAt,
    zone: 'Europe/Berlin',
    ...more,
  })
}

function first<T>(query: Live<T>): Promise<T> {
  return new Promise((resolve) => {
    const stop = query.subscribe((answer) => {
      if (answer === undefined) return
      resolve(answer)
      queueMicrotask(() => stop())
    })
  })
}

const ids = (list: readonly CheckIn[]): string[] => list.map(({ id }) => id)

beforeAll(async () => {
  await database.table('check_ins').bulkPut([
    moment('a', '2024-02-29T23:30:00.000+01:00', {
      mood: 1,
      note: 'Müde, aber am MEER',
      feelings: ['own:seasick'],
    }),
    moment('b', '2026-11-01T00:10:00.000+13:00', {
      contexts: ['sleep', 'own:ferry'],
      feelings: ['calm', 'own:salty'],
    }),
    // The same moment by two clocks: the date is the one where it happened.
    moment('c', '2026-10-31T12:10:00.000+01:00', { mood: 5, note: 'meer und mehr' }),
    moment('d', '2026-11-30T08:00:00.000+00:00', { feelings: ['own:salty', 'own:bright'] }),
    moment('e', '2026-11-30T22:00:00.000+00:00', { contexts: ['sleep'] }),
  ])
})

describe('reading check-ins', () => {
  test('a month by local date, the earliest first; a day, the latest first', async () => {
    expect(ids(await first(checkInsOfMonth('2026-11')))).toEqual(['b', 'd', 'e'])
    expect(ids(await first(checkInsOfMonth('2026-10')))).toEqual(['c'])
    expect(ids(await first(checkInsOfDay('2026-11-30')))).toEqual(['e', 'd'])
  })

  test('how many, on how many days, from when to when', async () => {
    expect(await first(countCheckIns())).toBe(5)
    expect(await first(daysShownUp())).toBe(4)
    expect(await first(monthsOfCheckIns())).toEqual({ oldest: '2024-02', latest: '2026-11' })
  })

  test.each([
    [{ context: 'sleep' }, ['e', 'b']],
    [{ feeling: 'own:salty' }, ['d', 'b']],
    [{ mood: 5 as const }, ['c']],
    // Any order, any case, any accents.
    [{ text: 'MEER mude' }, ['a']],
    [{ text: ' meer ' }, ['c', 'a']],
    [{ text: 'meer', mood: 1 as const }, ['a']],
    [{ text: 'nowhere' }, []],
    [{}, ['e', 'd', 'b', 'c', 'a']],
  ])('%o', async (filter, expected) => {
    const { checkIns, more } = await first(foundCheckIns(filter, 10))
    expect(ids(checkIns)).toEqual(expected)
    expect(more).toBe(false)
  })

  test('more can be asked for', async () => {
    const { checkIns, more } = await first(foundCheckIns({}, 2))
    expect(ids(checkIns)).toEqual(['e', 'd'])
    expect(more).toBe(true)
  })

  test('own words, the most recently used first', async () => {
    expect(await first(ownWords('feelings'))).toEqual(['own:salty', 'own:bright', 'own:seasick'])
    expect(await first(ownWords('contexts'))).toEqual(['own:ferry'])
  })
})
