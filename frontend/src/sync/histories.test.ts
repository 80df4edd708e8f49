/**
 * Whatever happens to two phones and their server, in the end they have the same, and each change was applied once
 * or lies in "needs a look". fast-check prints the seed and the shortest history of a failure.
 *
 * LEEWARD_HISTORIES says how many histories of each sort are played; LEEWARD_SEED plays the same ones again.
 * LEEWARD_SERVER, the address of a running Leeward that trusts 127.0.0.1 as its proxy, plays some against that too,
 * as the members that LEEWARD_MEMBERS names or as somebody who signs up.
 */

import * as fc from 'fast-check'
import { describe, test } from 'vitest'

import { checkEnd, histories, History, type Event } from './testing/histories'
import { HttpServer } from './testing/http_server'
import { ModelServer } from './testing/model_server'

const ADA = 'ada'
const HOW_MANY = Number(process.env['LEEWARD_HISTORIES'] ?? 40)
const SEED = process.env['LEEWARD_SEED']
const SERVER = process.env['LEEWARD_SERVER']
const LONG = 60 * 60_000

async function playInMemory(events: readonly Event[], exactlyOnce: boolean): Promise<void> {
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
    await history.checkViews()
    await history.end()
    await checkEnd(history, { rows: server.rowsOf(ADA), applied: server.applied }, { exactlyOnce })
  } finally {
    history.close()
  }
}

async function playOverHttp(events: readonly Event[], address: string): Promise<void> {
  const server = new HttpServer(address)
  const account = await server.newcomer()
  const history = new History(server, account, null)
  try {
    await history.begin()
    await history.play(events)
    await history.checkViews()
    await history.end()
    await checkEnd(history, { rows: await server.rowsOf(account), applied: null }, { exactlyOnce: true })
  } finally {
    history.close()
  }
}

async function all(
  arbitrary: fc.Arbitrary<Event[]>,
  play: (events: Event[]) => Promise<void>,
  { part, of } = { part: 0, of: 1 },
): Promise<void> {
  await fc.assert(fc.asyncProperty(arbitrary, play), {
    numRuns: Math.ceil(HOW_MANY / of),
    ...(SEED === undefined ? {} : { seed: Number(SEED) + part }),
  })
}

describe('two phones and a server', () => {
  const once = (events: Event[]) => playInMemory(events, true)

  test('bad networks, killed tabs, wrong clocks, upgrades', () => all(histories({}), once), LONG)

  test('and stores that were cloned', () => all(histories({ clones: true }), once), LONG)

  test(
    'and a server restored from backups, pruned, updated',
    () => all(histories({ disasters: true }), once),
    LONG,
  )

  test(
    'all of it together: nothing is lost',
    () => all(histories({ clones: true, disasters: true }), (events) => playInMemory(events, false)),
    LONG,
  )
})

// The real server is waited for most of the time: eight histories at once.
describe.runIf(SERVER !== undefined)('two phones and the real server', { concurrent: true }, () => {
  const real = (events: Event[]) => playOverHttp(events, SERVER ?? '')

  test.for([0, 1, 2, 3, 4, 5, 6, 7])(
    'bad networks, killed tabs, wrong clocks, upgrades, clones (part %i)',
    { timeout: LONG },
    (part) => all(histories({ clones: true }), real, { part, of: 8 }),
  )
})
