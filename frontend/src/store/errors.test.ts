import { describe, expect, test } from 'vitest'

import { StorageBlocked, StorageFailed, StorageFull, storageErrorOf } from './errors'

const MIB = 1024 * 1024
const plenty = { usage: 5 * MIB, quota: 2000 * MIB }
const nearlyFull = { usage: 1995 * MIB, quota: 2000 * MIB }

function named(name: string, inner?: unknown): Error {
  return Object.assign(new Error(), { name, inner })
}

describe('what the browser’s error means for the person', () => {
  test.each([
    ['the plain case', named('QuotaExceededError'), plenty, StorageFull],
    ['wrapped by Dexie', named('AbortError', named('QuotaExceededError')), null, StorageFull],
    ['an abort near the quota', named('AbortError'), nearlyFull, StorageFull],
    ['an invalid state near the quota', named('InvalidStateError'), nearlyFull, StorageFull],
    ['an abort with plenty of room', named('AbortError'), plenty, StorageFailed],
    ['an abort where the room is not known', named('AbortError'), null, StorageFailed],
    [
      'a phone with a very small allowance',
      named('AbortError'),
      { usage: MIB, quota: 3 * MIB },
      StorageFailed,
    ],
    ['another tab upgrades', named('DatabaseClosedError'), plenty, StorageBlocked],
    ['a private window', named('OpenFailedError', named('SecurityError')), plenty, StorageFailed],
    ['no storage at all', named('MissingAPIError'), null, StorageFailed],
    ['something that is no error', 'what?', nearlyFull, StorageFailed],
  ])('%s', (_name, error, room, expected) => {
    expect(storageErrorOf(error, room)).toBeInstanceOf(expected)
  })

  test('what is known already stays what it is, and the cause is kept', () => {
    const cause = named('QuotaExceededError')
    const full = storageErrorOf(cause, null)
    expect(storageErrorOf(full, null)).toBe(full)
    expect(full.cause).toBe(cause)
  })
})
