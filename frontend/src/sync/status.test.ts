import { describe, expect, test } from 'vitest'

import { statusOf, type Contact, type Stored } from './status'

const ada = { id: 'ada', name: 'ada' }
const idle: Contact = { phase: 'idle', outcome: 'ok', problem: null }
const known: Stored = { owner: ada, session: 'signed-in', waiting: 0, needsLook: 0, lastSyncedAt: 1 }

describe('the truth about sync', () => {
  test.each<[string, Partial<Stored>, Partial<Contact>, string]>([
    ['nobody has an account yet', { owner: null, waiting: 3 }, {}, 'no-account'],
    ['everything is there', {}, {}, 'up-to-date'],
    ['something waits', { waiting: 2 }, {}, 'waiting'],
    ['signed in, and never been in contact', { lastSyncedAt: null }, {}, 'waiting'],
    ['it is on its way', { waiting: 2 }, { phase: 'sending', outcome: 'offline' }, 'sending'],
    ['asking with nothing to send', {}, { phase: 'sending' }, 'up-to-date'],
    ['asking again without a network', {}, { phase: 'sending', outcome: 'offline' }, 'offline'],
    ['no network', { waiting: 2 }, { outcome: 'offline' }, 'offline'],
    ['the server has trouble', { waiting: 2 }, { outcome: 'failed', problem: 'server-fault' }, 'failed'],
    ['signed out', { waiting: 2, session: 'signed-out' }, { outcome: 'offline' }, 'signed-out'],
    ['somebody else is signed in', { session: 'another-account' }, {}, 'another-account'],
  ])('%s', (_name, stored, contact, state) => {
    const status = statusOf({ ...known, ...stored }, { ...idle, ...contact })
    expect(status.state).toBe(state)
    expect(status.waiting).toBe(stored.waiting ?? 0)
    expect(status.problem).toBe(contact.outcome === 'failed' ? 'server-fault' : null)
  })
})
