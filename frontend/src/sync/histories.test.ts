/**
 * Whatever happens to two phones and their server, in the end they have the same, and each change was applied once
 * or lies in "needs a look". fast-check prints the seed and the shortest history of a failure.
 *
 * LEEWARD_HISTORIES says how many histories of each sort are played (40); LEEWARD_SEED plays the same ones again.
 */

import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { expectedViews, histories, History, UNKNOWN, viewsOf, type Event } from './testing/histories'
import { ModelServer } from './testing/model_server'

const ADA = 'ada'
const HOW_MANY = Number(process.env['LEEWARD_HISTORIES'] ?? 40)
const SEED = process.env['LEEWARD_SEED']
const LONG = 60 * 60_000

async function play(events: readonly Event[], { exactlyOnce = true } = {}): Promise<void> {
  const server = new ModelServer()
  server.addAccount(ADA)
  let backup = server.backup()
  const history = new History(server, ADA, {
    backup: () => (backup = server.backup()),
    restore: () => server.restore(backup),
    prune: () => server.prune(),
    update: () => (server.build += "'"),
  })
  try {
    await history.begin()
    await history.play(events)
    for (const phone of history.phones) expect(await phone.views()).toEqual(await expectedViews(phone))
    await history.end()
    const shown = viewsOf(server.rowsOf(ADA))
    for (const phone of history.phones) {
      expect(await phone.store.outbox.count()).toBe(0)
      expect(await phone.store.staging.count()).toBe(0)
      expect(await phone.views()).toEqual(shown)
    }
    if (exactlyOnce) expect(server.applied).toHaveLength(new Set(server.applied).size)
    const applied = new Set(server.applied)
    const looked = (await Promise.all(history.phones.map(({ store }) => store.needs_look.toArray()))).flat()
    for (const [id, { name, args }] of history.saved) {
      const refused = looked.filter((line) =>
        name === UNKNOWN ? JSON.stringify(line.args) === JSON.stringify(args) : line.id === id,
      )
      const found = applied.has(id) ? 'applied' : refused.length > 0 ? 'needs a look' : 'lost'
      expect({ id, name, found }).not.toMatchObject({ found: 'lost' })
      if (exactlyOnce && applied.has(id)) expect(refused).toEqual([])
    }
  } finally {
    history.close()
  }
}

async function all(arbitrary: fc.Arbitrary<Event[]>, options?: { exactlyOnce: boolean }): Promise<void> {
  await fc.assert(
    fc.asyncProperty(arbitrary, (events) => play(events, options)),
    { numRuns: HOW_MANY, ...(SEED === undefined ? {} : { seed: Number(SEED) }) },
  )
}

describe('two phones and a server', () => {
  test('bad networks, killed tabs, wrong clocks, upgrades', () => all(histories({})), LONG)

  test('and stores that were cloned', () => all(histories({ clones: true })), LONG)

  test('and a server restored from backups, pruned, updated', () => all(histories({ disasters: true })), LONG)

  test(
    'all of it together: nothing is lost',
    () => all(histories({ clones: true, disasters: true }), { exactlyOnce: false }),
    LONG,
  )
})
