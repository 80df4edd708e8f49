import { describe, expect, it } from 'vitest'

import { atClock, checkInOf, clockOf, mayBeSentAgain, mendable, partOf } from './mending'

const args = {
  id: '018f0000-0000-7000-8000-000000000001',
  mood: 2 as const,
  note: 'by the sea',
  happenedAt: '2026-11-22T07:15:00.000+01:00',
  zone: 'Europe/Berlin',
}

describe('a check-in that was not taken', () => {
  it('can be mended where a person can change what is wrong', () => {
    expect(mendable('check_ins.record', 'note-too-long', args)).toBe(args)
    expect(mendable('check_ins.edit', 'in-the-future', args)).toBe(args)
    expect(mendable('check_ins.record', 'server-fault', args)).toBeNull()
    expect(mendable('preferences.set', 'invalid', { key: 'theme' })).toBeNull()
    expect(mendable('check_ins.record', 'note-too-long', 'nonsense')).toBeNull()
  })

  it('is not sent again where that cannot help', () => {
    expect(mayBeSentAgain('server-fault', true)).toBe(true)
    expect(mayBeSentAgain('gone', false)).toBe(false)
    expect(mayBeSentAgain('gone', true)).toBe(true)
    expect(mayBeSentAgain('not-yours', true)).toBe(false)
  })

  it('belongs to a check-in', () => {
    expect(checkInOf('check_ins.edit', args)).toBe(args.id)
    expect(checkInOf('preferences.set', { id: 'x' })).toBeNull()
    expect(checkInOf('check_ins.edit', null)).toBeNull()
  })

  it.each([
    ['note-too-long', 'note'],
    ['in-the-future', 'time'],
    ['unknown-zone', 'time'],
    ['too-many-words', 'words'],
    ['mood-out-of-range', 'weather'],
  ])('%s is about the %s', (reason, part) => {
    expect(partOf(reason)).toBe(part)
  })
})

describe('its time', () => {
  it('is shown on the clock where it happened', () => {
    expect(clockOf(args, 0)).toEqual({ date: '2026-11-22', time: '07:15' })
  })

  it('is chosen on that clock too', () => {
    expect(atClock(args, 'in-the-future', '2026-07-01', '09:30').happenedAt).toBe(
      '2026-07-01T09:30:00.000+02:00',
    )
  })

  it('is put on a clock that exists when the zone is the trouble', () => {
    const mended = atClock({ ...args, zone: 'Sea/Fog' }, 'unknown-zone', '2026-07-01', '09:30')
    expect(mended.zone).not.toBe('Sea/Fog')
    expect(mended.happenedAt).toContain('2026-07-01T09:30')
  })

  it('is empty where nothing was chosen', () => {
    expect(atClock(args, 'in-the-future', '', '09:30').happenedAt).toBe('')
  })
})
