/** The phone's store: IndexedDB by Dexie. "Saved" means that a strict transaction here has completed. */

import { Dexie, type DexieOptions, type Table } from 'dexie'
import { get, writable, type Readable } from 'svelte/store'

import type { Draft, KeptLine, Meta, NeedsLook, OutboxLine, ServerRow, StagedPage } from './lines'
import { versions, type SchemaVersion } from './schema'

/** A line of the meta table. */
export interface MetaLine {
  key: keyof Meta
  value: unknown
}

/**
 * How the store stands: `blocked` waits for an old tab to be closed, `outdated` is the old tab itself (reload it),
 * `unavailable` means that the browser gives no storage at all.
 */
export type StorageState = 'opening' | 'ready' | 'blocked' | 'outdated' | 'unavailable'

export interface StoreOptions extends DexieOptions {
  versions?: readonly SchemaVersion[]
}

export class Store extends Dexie {
  declare readonly meta: Table<MetaLine, string>
  declare readonly server_rows: Table<ServerRow, [string, string, string]>
  declare readonly outbox: Table<OutboxLine, number>
  declare readonly kept: Table<KeptLine, [string, number]>
  declare readonly needs_look: Table<NeedsLook, string>
  declare readonly staging: Table<StagedPage, number>
  declare readonly drafts: Table<Draft, string>

  readonly #state = writable<StorageState>('opening')
  readonly state: Readable<StorageState> = this.#state
  readonly #before: ((store: Store) => Promise<void>)[] = []

  constructor(name: string, { versions: steps = versions, ...options }: StoreOptions = {}) {
    super(name, {
      // "Relaxed" may still be in the operating system's memory when it says "complete".
      chromeTransactionDurability: 'strict',
      // Dexie would show changes in live queries before they are committed.
      cache: 'disabled',
      ...options,
    })
    for (const { version, stores, upgrade } of steps) {
      const step = this.version(version).stores({ ...stores })
      if (upgrade !== undefined) step.upgrade(upgrade)
    }
    this.on('blocked', () => this.#state.set('blocked'))
    this.on('ready', (opened) => this.#prepare(opened as unknown as Store), true)
    this.on('versionchange', (event) => this.#leaveTo(event))
    // The browser ended the connection (storage cleared, disk gone): the next use opens it again.
    this.on('close', () => this.#state.update((state) => (state === 'ready' ? 'opening' : state)))
  }

  /** Runs `work` after each opening, before the first query. What it throws is left alone: a store must open. */
  beforeUse(work: (store: Store) => Promise<void>): void {
    this.#before.push(work)
  }

  /** Opens it now instead of at the first use, so that `state` tells at once what is wrong. */
  async start(): Promise<void> {
    if (this.isOpen() || get(this.#state) === 'outdated') return
    try {
      await this.open()
    } catch (error) {
      this.#state.update((state) => (state === 'outdated' ? state : 'unavailable'))
      throw error
    }
  }

  async #prepare(opened: Store): Promise<void> {
    for (const work of this.#before) await work(opened).catch(() => undefined)
    this.#state.set('ready')
  }

  /** A newer app wants to upgrade the store: get out of its way, for good, and say so. */
  #leaveTo(event: IDBVersionChangeEvent): boolean {
    if (event.newVersion === null) return true
    this.#state.set('outdated')
    this.close({ disableAutoOpen: true })
    return false
  }
}

/** The store of this browser. What has to happen before its first use, the features say (features/synced.ts). */
export const database = new Store('leeward')

/** How the store stands, for the screens. */
export const storageState: Readable<StorageState> = database.state

/** What is remembered under `key`; undefined where nothing is. */
export async function recall<K extends keyof Meta>(store: Store, key: K): Promise<Meta[K] | undefined> {
  return (await store.meta.get(key))?.value as Meta[K] | undefined
}

/** Remembers it; undefined forgets. */
export async function remember<K extends keyof Meta>(
  store: Store,
  key: K,
  value: Meta[K] | undefined,
): Promise<void> {
  if (value === undefined) await store.meta.delete(key)
  else await store.meta.put({ key, value })
}
