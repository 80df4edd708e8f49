import 'fake-indexeddb/auto'

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { database } from '../../store/database'
import { StorageFull } from '../../store/errors'
import { Composer } from './composer.svelte'
import { readEditDraft, readNoteDraft, writeNoteDraft } from './drafts'
import type { CheckIn } from './model'
import { editCheckIn } from './mutators'
import { findCheckIn } from './queries'
import { LONGEST_NOTE } from './rules'

const all = () => database.table<CheckIn, string>('check_ins').toArray()

/** The phone's storage says no, as browsers say it near their quota: now, or after so many more changes. */
function fillTheDisk(after = 0): () => void {
  let left = after
  const add = vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(function (
    this: IDBObjectStore,
    ...args
  ) {
    if (left-- > 0) return this.put(...args)
    throw new DOMException('no room', 'QuotaExceededError')
  })
  return () => add.mockRestore()
}

const changes = async () => (await database.outbox.orderBy('number').toArray()).map(({ name }) => name)

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

  it('leaves the moment before as it was; once its Undo is over they are not side by side', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    const composer = new Composer()
    await composer.tap(2)
    await composer.add({ feelings: ['sad'] })
    vi.advanceTimersByTime(10_000)
    expect(composer.undoing).toBeNull()
    await composer.tap(2)
    expect(composer.beside).toBeNull()
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
    expect(await readNoteDraft()).toEqual({ id: null, note: 'a long day', began: null })
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

describe('two taps, one soon after the other', () => {
  it('are two moments, of the same weather too', async () => {
    const composer = new Composer()
    await Promise.all([composer.tap(2), composer.tap(4), composer.tap(4)])
    expect((await all()).map(({ mood }) => mood)).toEqual([2, 4, 4])
    expect(composer.said).toBe('saved')
    expect(composer.mood).toBe(4)
    expect(composer.beside?.left.mood).toBe(4)
    await composer.close()
  })

  it('keep apart what is added: the form is empty again, and belongs to the second', async () => {
    const composer = new Composer()
    await composer.tap(2)
    await composer.add({ energy: 1, feelings: ['sad'] })
    await composer.tap(4)
    expect(composer.added).toEqual({ energy: null, feelings: [], contexts: [] })
    await composer.add({ contexts: ['nature'] })
    expect(await all()).toMatchObject([
      { mood: 2, energy: 1, feelings: ['sad'], contexts: [] },
      { mood: 4, energy: null, feelings: [], contexts: ['nature'] },
    ])
    await composer.close()
  })

  it('leave words with the moment they were typed for, which is not a draft any more', async () => {
    const composer = new Composer()
    await composer.tap(2)
    composer.typed('wet shoes')
    await composer.tap(4)
    expect(composer.note).toBe('')
    expect(await all()).toMatchObject([
      { mood: 2, note: 'wet shoes' },
      { mood: 4, note: null },
    ])
    expect(await readNoteDraft()).toBeNull()

    // And what is typed now comes back to the second after a crash.
    composer.typed('dry again')
    await composer.keepDraft()
    const after = new Composer()
    await after.restore(findCheckIn)
    expect(after.mood).toBe(4)
    expect((await all()).map(({ note }) => note)).toEqual(['wet shoes', 'dry again'])
    await composer.close()
  })

  it('lose no addition that comes while the first is being left', async () => {
    const composer = new Composer()
    await composer.tap(2)
    composer.typed('wet shoes')
    const tap = composer.tap(4)
    // The tap waits for the words to be saved.
    await Promise.resolve()
    void composer.add({ feelings: ['sad'] })
    await tap
    expect(await all()).toMatchObject([
      { mood: 2, note: 'wet shoes', feelings: ['sad'] },
      { mood: 4, feelings: [] },
    ])
    await composer.close()
  })

  it('can be taken back one by one: Undo takes the second, and the first is open again as it was', async () => {
    const composer = new Composer()
    await composer.tap(2)
    await composer.add({ energy: 1 })
    composer.typed('wet shoes')
    const { id } = composer
    await composer.tap(4)
    await Promise.all([composer.takeBack(), composer.takeBack()])
    expect(await all()).toMatchObject([{ mood: 2, energy: 1, note: 'wet shoes' }])
    expect(composer).toMatchObject({
      said: 'saved',
      id,
      mood: 2,
      note: 'wet shoes',
      undoing: null,
      beside: null,
    })
    composer.typed('wet shoes, warm feet')
    expect(await composer.finish()).toBe(true)
    expect(await all()).toMatchObject([{ note: 'wet shoes, warm feet' }])
  })

  it('keep the words of a second that is taken back, for the next tap', async () => {
    const composer = new Composer()
    await composer.tap(2)
    await composer.tap(4)
    composer.typed('sun')
    await composer.takeBack()
    expect(composer.said).toBe('question')
    await composer.tap(5)
    expect(composer.beside).toBeNull()
    expect(await all()).toMatchObject([
      { mood: 2, note: null },
      { mood: 5, note: 'sun' },
    ])
    await composer.close()
  })

  it('are side by side also where the second could only be saved by trying again', async () => {
    const composer = new Composer()
    await composer.tap(2)
    const makeRoom = fillTheDisk()
    await composer.tap(4)
    expect(composer.said).toBe('not-saved')
    makeRoom()
    await Promise.all([composer.retry(), composer.retry()])
    expect(composer.beside?.left.mood).toBe(2)
    expect((await all()).map(({ mood }) => mood)).toEqual([2, 4])
    await composer.close()
  })
})

describe('instead of the moment before', () => {
  /** Rainy, with all that can be added to it; then fair. */
  async function rainyThenFair(): Promise<Composer> {
    const composer = new Composer()
    await composer.tap(2)
    await composer.add({ energy: 1, feelings: ['sad'], contexts: ['sleep'] })
    composer.typed('wet shoes')
    await composer.tap(4)
    return composer
  }
  const added = { energy: 1, feelings: ['sad'], contexts: ['sleep'], note: 'wet shoes' }
  const bare = { energy: null, feelings: [], contexts: [], note: null }

  it('takes that one away, by a change of its own, and keeps what was added to it', async () => {
    const composer = await rainyThenFair()
    await Promise.all([composer.insteadOf(), composer.insteadOf()])
    expect(await all()).toMatchObject([{ mood: 4, ...added }])
    expect(composer).toMatchObject({ note: 'wet shoes', added: { energy: 1, feelings: ['sad'] } })
    expect(composer.beside?.gone).not.toBeNull()
    expect((await changes()).slice(-2)).toEqual(['check_ins.edit', 'check_ins.delete'])
    expect(await readNoteDraft()).toBeNull()
    await composer.close()
  })

  it('leaves alone what the new one has of its own', async () => {
    const composer = await rainyThenFair()
    await composer.add({ feelings: ['calm'] })
    composer.typed('dry again')
    await composer.insteadOf()
    expect(await all()).toMatchObject([{ mood: 4, ...added, feelings: ['calm'], note: 'dry again' }])
    await composer.close()
  })

  it('is one change where nothing was added', async () => {
    const composer = new Composer()
    await Promise.all([composer.tap(2), composer.tap(4), composer.insteadOf()])
    expect(await all()).toMatchObject([{ mood: 4, ...bare }])
    expect(await changes()).toEqual(['check_ins.record', 'check_ins.record', 'check_ins.delete'])
    await composer.close()
  })

  it('can be taken back: both are there again, and each has its own', async () => {
    const composer = await rainyThenFair()
    await composer.insteadOf()
    await composer.add({ contexts: ['sleep', 'nature'] })
    await Promise.all([composer.takeBack(), composer.takeBack()])
    expect(composer.beside?.gone).toBeNull()
    expect(composer.undoing).toBeNull()
    expect(await all()).toMatchObject([
      { mood: 2, ...added },
      { mood: 4, ...bare, contexts: ['sleep', 'nature'] },
    ])
    await composer.close()
  })

  it.each([0, 1])(
    'loses nothing when the storage is full after %i changes, and goes on by trying again',
    async (after) => {
      const composer = await rainyThenFair()
      const makeRoom = fillTheDisk(after)
      await composer.insteadOf()
      expect(composer.trouble).toBeInstanceOf(StorageFull)
      expect(composer.beside?.gone).toBeNull()
      expect(await all()).toMatchObject([
        { mood: 2, ...added },
        { mood: 4, ...(after === 0 ? bare : added) },
      ])
      makeRoom()
      await composer.retry()
      expect(composer.trouble).toBeNull()
      expect(await all()).toMatchObject([{ mood: 4, ...added }])
      await composer.close()
    },
  )

  it('that the storage refused does not keep the moment from being done', async () => {
    const composer = await rainyThenFair()
    const makeRoom = fillTheDisk(1)
    await composer.insteadOf()
    makeRoom()
    expect(await composer.finish()).toBe(true)
    expect((await all()).map(({ mood }) => mood)).toEqual([2, 4])
  })

  it('takes words that are too long along, uncut, as they wait to be shortened', async () => {
    const long = '🌧'.repeat(LONGEST_NOTE + 1)
    const composer = new Composer()
    await composer.tap(2)
    composer.typed(long)
    const { id: rainy } = composer
    await composer.tap(4)
    const { id: fair } = composer
    expect(await readEditDraft(rainy ?? '')).toEqual({ note: long })

    await composer.insteadOf()
    expect(composer.note).toBe(long)
    expect(await readNoteDraft()).toEqual({ id: fair, note: long, began: null })
    expect(await readEditDraft(rainy ?? '')).toBeNull()

    await composer.takeBack()
    expect(composer.note).toBe('')
    expect(await readNoteDraft()).toBeNull()
    expect(await readEditDraft(rainy ?? '')).toEqual({ note: long })
    await composer.close()
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

  it('does not come back where it was saved in the moment of going away', async () => {
    const before = new Composer()
    await before.tap(2)
    before.typed('the sea')
    await before.saveNote()
    await writeNoteDraft({ id: before.id, note: 'the sea' })

    const after = new Composer()
    await after.restore(findCheckIn)
    expect(after.said).toBe('question')
    expect(after.note).toBe('')
    expect(await readNoteDraft()).toBeNull()
    await before.close()
  })

  it('replaces no words that its check-in has got since: it waits for the next tap', async () => {
    const before = new Composer()
    await before.tap(2)
    before.typed('the sea')
    await before.keepDraft()
    await editCheckIn(before.id ?? '', { note: 'written on the other phone' })

    const after = new Composer()
    await after.restore(findCheckIn)
    expect(after.said).toBe('question')
    expect(after.note).toBe('the sea')
    await after.tap(4)
    expect(await all()).toMatchObject([
      { mood: 2, note: 'written on the other phone' },
      { mood: 4, note: 'the sea' },
    ])
    await after.close()
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
