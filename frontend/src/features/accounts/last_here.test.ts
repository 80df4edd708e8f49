import { describe, expect, it } from 'vitest'

import { accounts as german } from '../../words/de/accounts'
import { accounts as english } from '../../words/en/accounts'
import { lastHere } from './last_here'

const NOW = Date.parse('2026-11-22T08:00:00Z')

describe('when a device was last here', () => {
  it.each([
    ['2026-11-22T07:59:00Z', 'Last here today, about 07:59', 'Zuletzt hier: heute, etwa 07:59'],
    ['2026-11-22T09:00:00Z', 'Last here today, about 08:00', 'Zuletzt hier: heute, etwa 08:00'],
    ['2026-11-21T23:30:00Z', 'Last here yesterday', 'Zuletzt hier: gestern'],
    ['2026-11-21T01:00:00Z', 'Last here yesterday', 'Zuletzt hier: gestern'],
    ['2026-11-03T12:00:00Z', 'Last here on 3 November', 'Zuletzt hier: am 3. November'],
    ['2025-12-31T12:00:00Z', 'Last here on 31 December 2025', 'Zuletzt hier: am 31. Dezember 2025'],
  ])('%s', (seenAt, inEnglish, inGerman) => {
    const at = Date.parse(seenAt)
    expect(lastHere(at, NOW, english.devices, 'en-GB', 'UTC')).toBe(inEnglish)
    expect(lastHere(at, NOW, german.devices, 'de-DE', 'UTC')).toBe(inGerman)
  })

  it('counts days on the clock of the place', () => {
    const late = Date.parse('2026-11-21T23:30:00Z')
    expect(lastHere(late, NOW, english.devices, 'en-GB', 'Europe/Berlin')).toBe(
      'Last here today, about 00:30',
    )
  })
})
