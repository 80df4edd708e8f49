import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { get } from 'svelte/store'
import { beforeEach, describe, expect, test, vi } from 'vitest'

import '../features/synced'
import { mutateIn } from '../sync/mutate'
import { checkIn } from '../sync/testing/check_in'
import { refreshViews } from '../sync/views'
import { Store, type StorageState } from './database'
import { StorageBlocked, StorageFull } from './errors'
import { versions, type SchemaVersion } from './schema'

let indexedDB: IDBFactory

beforeEach(() => {
  indexedDB = new IDBFactory()
  // Dexie says on the console what the screens say in words.
  vi.spyOn(console, 'warn').mockImplementation(() => undefined)
})

function open(steps: readonly SchemaVersion[] = versions): Store {
  return new Store('leeward', { indexedDB, IDBKeyRange, versions: steps })
}

function becomes(store: Store, wanted: StorageState): Promise<void> {
  return new Promise((resolve) => {
    const stop = store.state.subscribe((state) => {
      if (state !== wanted) return
      resolve()
      queueMicrotask(() => stop())
    })
  })
}

const LATER = versions.length + 1
const later: readonly SchemaVersion[] = [
  ...versions,
  {
    version: LATER,
    stores: { check_ins: 'id, localDate, [localDate+instant], mood, *feelings, *contexts' },
    upgrade: async (transaction) => {
      await transaction.table('check_ins').clear()
      await transaction.table('meta').delete('viewsBuild')
    },
  },
]

describe('an upgrade of the store', () => {
  test('loses nothing of a full outbox, and makes the views again', async () => {
    const old = open()
    for (let count = 0; count < 50; count += 1) {
      await mutateIn(old, 'check_ins.record', checkIn({ note: `moment ${count}` }))
    }
    await old.needs_look.put({
      id: 'refused',
      name: 'check_ins.record',
      args: checkIn({ mood: 6 }),
      savedAt: 1,
      reason: 'mood-out-of-range',
      refusedAt: 2,
      build: 'server-1',
    })
    await old.drafts.put({ key: 'today', value: 'half a thought', savedAt: 1 })
    const lines = await old.outbox.toArray()
    const shown = await old.table('check_ins').toArray()
    old.close()

    const store = open(later)
    store.beforeUse((opened) => refreshViews(opened, 'app-2'))
    expect(await store.table('check_ins').where('mood').equals(3).count()).toBe(50)
    expect(await store.table('check_ins').toArray()).toEqual(shown)
    expect(await store.outbox.toArray()).toEqual(lines)
    expect(await store.needs_look.count()).toBe(1)
    expect(await store.drafts.count()).toBe(1)
    await mutateIn(store, 'check_ins.record', checkIn())
    expect(await store.outbox.orderBy('number').keys()).toEqual(Array.from({ length: 51 }, (_, at) => at + 1))
    store.close()
  })

  test('that fails leaves everything as it was', async () => {
    const old = open()
    await mutateIn(old, 'check_ins.record', checkIn())
    old.close()
    const broken = open([
      ...versions,
      {
        version: LATER,
        stores: {},
        upgrade: async (transaction) => {
          await transaction.table('outbox').clear()
          throw new Error('half way')
        },
      },
    ])
    await expect(broken.start()).rejects.toThrow()
    expect(get(broken.state)).toBe('unavailable')
    const again = open()
    expect(await again.outbox.count()).toBe(1)
    expect(await again.table('check_ins').count()).toBe(1)
    again.close()
  })

  test('an old tab gets out of the way, says so, and saves nothing any more', async () => {
    const old = open()
    await mutateIn(old, 'check_ins.record', checkIn())
    const store = open(later)
    await store.start()
    expect(get(old.state)).toBe('outdated')
    expect(get(store.state)).toBe('ready')
    await expect(mutateIn(old, 'check_ins.record', checkIn())).rejects.toBeInstanceOf(StorageBlocked)
    expect(await store.outbox.count()).toBe(1)
    store.close()
  })

  test('an old tab that does not get out of the way is waited for, and the person is told', async () => {
    // A version of the app that does not listen.
    const deaf = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('leeward', versions.length * 10)
      request.onupgradeneeded = () => request.result.createObjectStore('meta', { keyPath: 'key' })
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(new Error('not opened'))
    })
    const store = open(later)
    const started = store.start()
    await becomes(store, 'blocked')
    deaf.close()
    await started
    expect(get(store.state)).toBe('ready')
    store.close()
  })
})

describe('what browsers do to a store', () => {
  test('one that the browser closed is opened again at the next use', async () => {
    const store = open()
    await mutateIn(store, 'check_ins.record', checkIn())
    const connection = store.backendDB()
    connection.onclose?.(new Event('close'))
    expect(store.isOpen()).toBe(false)
    await mutateIn(store, 'check_ins.record', checkIn())
    expect(await store.outbox.count()).toBe(2)
    store.close()
  })

  test('one that could not be opened is tried again when something is to be saved', async () => {
    const real = indexedDB.open.bind(indexedDB)
    const refusing = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('no', 'SecurityError')
    })
    const store = open()
    await expect(mutateIn(store, 'check_ins.record', checkIn())).rejects.toMatchObject({
      code: 'storage-failed',
    })
    expect(get(store.state)).toBe('unavailable')
    refusing.mockImplementation(real)
    await mutateIn(store, 'check_ins.record', checkIn())
    expect(get(store.state)).toBe('ready')
    expect(await store.outbox.count()).toBe(1)
    store.close()
  })

  test('a full disk: nothing of the change is there, and the next number is not used up', async () => {
    const store = open()
    await mutateIn(store, 'check_ins.record', checkIn())
    const full = () => {
      throw new DOMException('no room', 'QuotaExceededError')
    }
    store.table('check_ins').hook('creating', full)
    await store.drafts.put({ key: 'today', value: 'half a thought', savedAt: 1 })
    await expect(mutateIn(store, 'check_ins.record', checkIn(), { draft: 'today' })).rejects.toBeInstanceOf(
      StorageFull,
    )
    store.table('check_ins').hook('creating').unsubscribe(full)
    expect(await store.outbox.count()).toBe(1)
    expect(await store.drafts.count()).toBe(1)
    await mutateIn(store, 'check_ins.record', checkIn(), { draft: 'today' })
    expect(await store.outbox.orderBy('number').keys()).toEqual([1, 2])
    expect(await store.drafts.count()).toBe(0)
    store.close()
  })
})

describe('after an update of the app', () => {
  test('what the last one could not read is shown', async () => {
    const store = open()
    const { id, ...data } = checkIn({ mood: 5 })
    await store.meta.put({ key: 'viewsBuild', value: 'app-1' })
    await store.server_rows.put({ kind: 'check_in', space: 'journal', id, version: 1, data, unread: 1 })
    await store.server_rows.put({ kind: 'strategy', space: 'journal', id, version: 2, data, unread: 1 })
    await mutateIn(store, 'check_ins.edit', { id, note: 'mine' })
    await refreshViews(store, 'app-1')
    expect(await store.table('check_ins').count()).toBe(0)
    await refreshViews(store, 'app-2')
    expect(await store.table('check_ins').toArray()).toMatchObject([{ mood: 5, note: 'mine' }])
    expect(await store.server_rows.where('unread').equals(1).count()).toBe(1)
    store.close()
  })

  test('a view that cannot be made does not keep the store from opening', async () => {
    const store = open()
    store.beforeUse(() => Promise.reject(new Error('a mistake')))
    expect(await store.outbox.count()).toBe(0)
    expect(get(store.state)).toBe('ready')
    store.close()
  })
})
