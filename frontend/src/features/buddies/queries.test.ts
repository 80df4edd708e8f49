import 'fake-indexeddb/auto'

import { beforeEach, describe, expect, test } from 'vitest'

import { database, remember } from '../../store/database'
import type { Live } from '../../store/live'
import '../synced'
import { buddyKind } from './kind'
import type { Buddy } from './model'
import { blockPair, endPair, renameMe } from './mutators'
import { allPairs, partingFrom } from './queries'

const JOURNAL = { id: 'journal', kind: 'journal', role: 'owner', me: null }

function buddy(id: string, pair: string, name: string): Buddy {
  const view = buddyKind.fromServer(id, { name }, pair)
  if (view === null) throw new Error('not readable')
  return view
}

function first<T>(query: Live<T>): Promise<T> {
  return new Promise((resolve) => {
    const stop = query.subscribe((answer) => {
      if (answer === undefined) return
      resolve(answer)
      queueMicrotask(() => stop())
    })
  })
}

const names = async (): Promise<string[][]> =>
  (await allPairs()).map(({ me, other }) => [me.name, other.name])

beforeEach(async () => {
  await database.start()
  for (const table of database.tables) await table.clear()
  await remember(database, 'spaces', [
    JOURNAL,
    { id: 'one', kind: 'pair', role: 'buddy', me: 'ada-one' },
    { id: 'two', kind: 'pair', role: 'buddy', me: 'ada-two' },
  ])
  await database
    .table<Buddy>('buddies')
    .bulkPut([
      buddy('ada-one', 'one', 'Ada'),
      buddy('cleo-one', 'one', 'Cleo'),
      buddy('ada-two', 'two', 'A.'),
      buddy('ben-two', 'two', 'Ben'),
    ])
})

describe('pairs', () => {
  test('by the other’s name, each with what the other calls this member', async () => {
    expect(await names()).toEqual([
      ['A.', 'Ben'],
      ['Ada', 'Cleo'],
    ])
  })

  test('a new name is shown before the server has it', async () => {
    await renameMe('one', 'Ada L.')
    expect(await names()).toEqual([
      ['A.', 'Ben'],
      ['Ada L.', 'Cleo'],
    ])
  })

  test.each([endPair, blockPair])(
    'one that is over is hidden at once, with a name that waited',
    async (part) => {
      await renameMe('one', 'Ada L.')
      await part('one')
      expect(await names()).toEqual([['A.', 'Ben']])
      expect(await first(partingFrom())).toEqual(['Cleo'])
      expect((await database.outbox.toArray()).map(({ name }) => name).at(-1)).toMatch(/^pairs\.(end|block)$/)
    },
  )

  test('nothing is shown of a space whose own row is not known yet', async () => {
    await remember(database, 'spaces', [{ id: 'one', kind: 'pair', role: 'buddy' }])
    expect(await allPairs()).toEqual([])
  })
})
