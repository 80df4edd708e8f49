import 'fake-indexeddb/auto'

import { beforeEach, describe, expect, it } from 'vitest'

import { database } from '../../store/database'
import { readEditDraft } from './drafts'
import { dataOf, Edit, timeProblem } from './edit.svelte'
import { viewOf } from './kind'
import { findCheckIn } from './queries'
import { recordCheckIn } from './mutators'

const stored = viewOf('one', {
  mood: 2,
  energy: null,
  feelings: [],
  contexts: [],
  note: null,
  happenedAt: '2026-07-20T23:30:00.000-04:00',
  zone: 'America/New_York',
})
const now = Date.parse('2026-11-22T07:00:00Z')

describe('what an edit sends', () => {
  it('is only what was changed', () => {
    expect(dataOf(stored, { mood: 4 })).toEqual({ mood: 4 })
    expect(dataOf(stored, { note: '' })).toEqual({ note: null })
  })

  it('keeps to the clock where it happened', () => {
    expect(dataOf(stored, { time: '08:05' })).toEqual({ happenedAt: '2026-07-20T08:05:00.000-04:00' })
    expect(dataOf(stored, { date: '2026-01-02' })).toEqual({ happenedAt: '2026-01-02T23:30:00.000-05:00' })
  })

  it('stops at a time that cannot be', () => {
    expect(timeProblem(stored, {}, now)).toBeNull()
    expect(timeProblem(stored, { date: '2026-11-23' }, now)).toBe('inTheFuture')
    expect(timeProblem(stored, { date: '' }, now)).toBe('noSuchTime')
    expect(timeProblem(stored, { date: '1899-12-31' }, now)).toBe('tooLongAgo')
    // Five minutes ahead are a clock that is a little fast.
    expect(timeProblem(stored, { date: '2026-11-22', time: '02:05' }, now)).toBeNull()
    expect(timeProblem(stored, { date: '2026-11-22', time: '02:06' }, now)).toBe('inTheFuture')
  })
})

describe('an edit that is left', () => {
  beforeEach(async () => {
    await database.open()
    await Promise.all(database.tables.map((table) => table.clear()))
  })

  it('is found again, saved at last, and then forgotten', async () => {
    const id = await recordCheckIn({ mood: 2 })
    const first = new Edit(id)
    first.change({ mood: 3, note: 'half a sen' })
    await first.keep()
    expect(await readEditDraft(id)).toEqual({ mood: 3, note: 'half a sen' })

    const second = new Edit(id)
    await second.restore()
    expect(second.restored).toBe(true)
    const checkIn = await findCheckIn(id)
    if (checkIn === undefined) throw new Error('It was recorded.')
    expect(await second.save(checkIn)).toBe(true)
    expect(await findCheckIn(id)).toMatchObject({ mood: 3, note: 'half a sen' })
    expect(await readEditDraft(id)).toBeNull()
  })

  it('can be thrown away', async () => {
    const edit = new Edit(await recordCheckIn({ mood: 2 }))
    edit.change({ mood: 5 })
    await edit.keep()
    await edit.discard()
    expect(edit.changed).toBe(false)
    const again = new Edit('')
    await again.restore()
    expect(again.restored).toBe(false)
  })
})
