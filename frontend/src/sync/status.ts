/** The truth about sync in one line, for the screens. */

import { derived, writable, type Readable } from 'svelte/store'

import { database, recall } from '../store/database'
import { live } from '../store/live'
import type { Meta, Owner } from '../store/lines'

export type SyncState =
  | 'no-account'
  | 'up-to-date'
  | 'waiting'
  | 'sending'
  | 'offline'
  | 'failed'
  | 'signed-out'
  | 'another-account'

export interface SyncStatus {
  state: SyncState
  /** Changes that the server has not acknowledged. */
  waiting: number
  /** Changes that the server refused. */
  needsLook: number
  /** When this phone last had everything, milliseconds; null: never. */
  lastSyncedAt: number | null
  /** What is wrong, as a code the words know; null: nothing. */
  problem: string | null
}

/** How this tab's last contact with the server went. */
export interface Contact {
  phase: 'idle' | 'sending'
  outcome: 'none' | 'ok' | 'offline' | 'failed'
  problem: string | null
}

export const contact = writable<Contact>({ phase: 'idle', outcome: 'none', problem: null })

/** What the store says about it: the same in all tabs. */
export interface Stored {
  owner: Owner | null
  session: Meta['session']
  waiting: number
  needsLook: number
  lastSyncedAt: number | null
}

const nothingStored: Stored = {
  owner: null,
  session: 'signed-in',
  waiting: 0,
  needsLook: 0,
  lastSyncedAt: null,
}

const stored = live<Stored>(async () => ({
  owner: (await recall(database, 'owner')) ?? null,
  session: (await recall(database, 'session')) ?? 'signed-in',
  waiting: await database.outbox.count(),
  needsLook: await database.needs_look.count(),
  lastSyncedAt: (await recall(database, 'lastSyncedAt')) ?? null,
}))

export const syncStatus: Readable<SyncStatus> = derived([stored, contact], ([known, now]) =>
  statusOf(known ?? nothingStored, now),
)

/** Whose session it is comes before how the network is; that something is on its way comes before how it went. */
export function statusOf(known: Stored, { phase, outcome, problem }: Contact): SyncStatus {
  const { owner, session, waiting, needsLook, lastSyncedAt } = known
  return {
    state: stateOf(),
    waiting,
    needsLook,
    lastSyncedAt,
    problem: outcome === 'failed' ? problem : null,
  }

  function stateOf(): SyncState {
    if (owner === null) return 'no-account'
    if (session !== 'signed-in') return session
    if (phase === 'sending' && waiting > 0) return 'sending'
    if (outcome === 'failed' || outcome === 'offline') return outcome
    if (waiting > 0) return 'waiting'
    return lastSyncedAt === null ? 'waiting' : 'up-to-date'
  }
}

let retry: () => void = () => undefined

/** The push loop says how it is hurried. */
export function retryWith(hurry: () => void): void {
  retry = hurry
}

/** Tries now, however long the loop meant to wait. */
export function retryNow(): void {
  retry()
}
