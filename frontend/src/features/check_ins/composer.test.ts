import 'fake-indexeddb/auto'

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { database } from '../../store/database'
import { StorageFull } from '../../store/errors'
import { Composer } from './composer.svelte'
import { readEditDraft, readNoteDraft } from './drafts'
import type { CheckIn } from './model'
import { findCheckIn } from './queries'
import { LONGEST_NOTE } from './rules'

const all = () => database.table<CheckIn, string>('check_ins').toArray()

/** The phone's storage says no, as browsers say it near their quota. */
function fillTheDisk(): () => void {
  const add = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(() => {
    throw new DOMException('no room', 'QuotaExceededError')
  })
  return () => add.mockRestore()
}

beforeEach(async () => {
  await database.open()
  await Promise.all(database.tables.map((table) => table.clear()))
})
afterEach(() => vi.useRealTimers())

describe('a tap', () => {
  it('says saved once it is', async () => {
    const composer = new Composer()
    const tap = composer.tap(2)
    expect(composer.said).toBe('question')
    await tap
    expect(composer.said).toBe('saved')
    expect(await all()).toMatchObject([{ mood: 2, note: null, feelings: [] }])
  })

  it('means the same moment while Undo stands', async () => {
    const composer = new Composer()
    await Promise.all([composer.tap(2), composer.tap(3)])
    expect(await all()).toMatchObject([{ mood: 3 }])
    await composer.takeBack()
    expect(composer.mood).toBe(2)
    expect(await all()).toMatchObject([{ mood: 2 }])
    expect(composer.undoing).toBeNull()
  })

  it('is a new moment once Undo is over, and leaves the first as it was', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    const composer = new Composer()
    await composer.tap(2)
    await composer.add({ feelings: ['sad'] })
    vi.advanceTimersByTime(10_000)
    expect(composer.undoing).toBeNull()
    await composer.tap(2)
    expect(composer.added.feelings).toEqual([])
    expect((await all()).map(({ feelings }) => feelings)).toEqual([['sad'], []])
    await composer.close()
  })

  it('can be taken back, but words typed with it are kept and go with the next', async () => {
    const composer = new Composer()
    await composer.tap(1)
    composer.typed('a long day')
    await composer.takeBack()
    await composer.keepDraft()
    expect(await all()).toEqual([])
    expect(composer.note).toBe('a long day')
    expect(await readNoteDraft()).toEqual({ id: null, note: 'a long day' })
    await composer.tap(2)
    expect(await all()).toMatchObject([{ mood: 2, note: 'a long day' }])
    expect(await readNoteDraft()).toBeNull()
    await composer.close()
  })

  it('never says saved when the storage is full, and is saved by trying again', async () => {
    const composer = new Composer()
    const makeRoom = fillTheDisk()
    const at = Date.parse('2026-11-21T20:15:00Z')
    await composer.tap(4, at)
    expect(composer.said).toBe('not-saved')
    expect(composer.trouble).toBeInstanceOf(StorageFull)
    makeRoom()
    await composer.retry()
    expect(composer.said).toBe('saved')
    expect(composer.trouble).toBeNull()
    expect(await all()).toMatchObject([{ mood: 4, instant: at }])
  })
})

describe('what is added', () => {
  it('saves by itself, one change after the other', async () => {
    const composer = new Composer()
    await composer.tap(2)
    await Promise.all([
      composer.add({ energy: 1 }),
      composer.add({ feelings: ['sad'] }),
      composer.add({ feelings: ['sad', 'lonely'] }),
    ])
    expect(composer.quiet).toBe('saved')
    expect(await all()).toMatchObject([{ energy: 1, feelings: ['sad', 'lonely'] }])
  })

  it('stays on the screen when it cannot be saved, and goes with the next try', async () => {
    const composer = new Composer()
    await composer.tap(2)
    const makeRoom = fillTheDisk()
    await composer.add({ energy: 3 })
    expect(composer.quiet).toBe('nothing')
    expect(composer.trouble).toBeInstanceOf(StorageFull)
    expect(composer.added.energy).toBe(3)
    expect(await composer.finish()).toBe(false)
    makeRoom()
    await composer.retry()
    expect(await all()).toMatchObject([{ energy: 3 }])
  })
})

describe('the note', () => {
  it('is a draft at once and comes back after a crash', async () => {
    const before = new Composer()
    await before.tap(2)
    before.typed('the sea')
    await before.keepDraft()

    const after = new Composer()
    await after.restore(findCheckIn)
    expect(after.said).toBe('restored')
    expect(after.mood).toBe(2)
    expect(after.note).toBe('the sea')
    expect(await all()).toMatchObject([{ note: 'the sea' }])
    expect(await readNoteDraft()).toBeNull()
    await before.close()
  })

  it('comes back even when its check-in is gone', async () => {
    const before = new Composer()
    await before.tap(2)
    before.typed('the sea')
    await before.keepDraft()
    await database.table('check_ins').clear()

    const after = new Composer()
    await after.restore(findCheckIn)
    expect(after.said).toBe('question')
    expect(after.note).toBe('the sea')
    await before.close()
  })

  it('is saved when the moment is done', async () => {
    const composer = new Composer()
    await composer.tap(5)
    composer.typed('swam')
    expect(await composer.finish()).toBe(true)
    expect(composer.said).toBe('question')
    expect(await all()).toMatchObject([{ note: 'swam' }])
  })

  it('that is too long is never cut: it waits, as a draft, whatever is done next', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    const long = '🌧'.repeat(LONGEST_NOTE + 1)
    const composer = new Composer()
    await composer.tap(2)
    composer.typed(long)
    expect(await composer.finish()).toBe(false)
    expect(composer.note).toBe(long)
    expect(await all()).toMatchObject([{ note: null }])

    const { id } = composer
    vi.advanceTimersByTime(10_000)
    await composer.tap(4)
    expect(await readEditDraft(id ?? '')).toEqual({ note: long })
    expect(composer.note).toBe('')
    await composer.close()
  })

  it('of the longest kind is saved whole', async () => {
    const longest = '🌧'.repeat(LONGEST_NOTE)
    const composer = new Composer()
    await composer.tap(2)
    composer.typed(longest)
    await composer.finish()
    expect(await all()).toMatchObject([{ note: longest }])
  })
})
