import 'fake-indexeddb/auto'

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { database, remember } from '../../store/database'
import '../synced'
import { Composer } from '../check_ins/composer.svelte'
import { deleteCheckIn } from '../check_ins/mutators'
import { onUndoOver } from '../check_ins/undo_stands'
import { recordAnswer } from '../push/answer'
import { NO_PART, standingOf } from './standing'
import { agreementKind } from './agreement_kind'
import type { Promised, SharingChange } from './agreement_model'
import type { Level } from './levels'
import { makeGood } from './making_good'
import { acceptProposal, sendTerms, shareWith } from './sharing'

const changes = async () =>
  (await database.outbox.orderBy('number').toArray()).map(({ name, args }) => [name, args])
const shares = async () => (await changes()).filter(([name]) => String(name).startsWith('shared'))
const promised = () => database.table<Promised, string>('promised').toArray()

/** Ada shares so much with each of these buddies. */
async function agreed(levels: Record<string, Level>): Promise<void> {
  const spaces = Object.keys(levels).map((id) => ({ id, kind: 'pair', role: 'buddy', me: `ada in ${id}` }))
  await remember(database, 'spaces', [{ id: 'journal', kind: 'journal', role: 'owner', me: null }, ...spaces])
  for (const [pair, shares] of Object.entries(levels)) {
    const parts = { [`ada in ${pair}`]: { ...NO_PART, shares } }
    const data = { state: 'in-force', proposedBy: 'other', parts, worried: '', reviewOn: null }
    await database.table('agreements').put(agreementKind.fromServer(`holds in ${pair}`, data, pair))
  }
}

let composer: Composer

beforeEach(async () => {
  await database.open()
  await Promise.all(database.tables.map((table) => table.clear()))
  composer = new Composer()
})
afterEach(async () => {
  await composer.close()
  vi.useRealTimers()
})

describe('a check-in', () => {
  it('promises what is agreed on, and is shared when it cannot be taken back any more', async () => {
    await agreed({ ben: 'weather', cleo: 'note', dora: 'nothing' })
    await composer.tap(2)
    const id = composer.id
    expect(await promised()).toMatchObject([{ id, levels: { ben: 'weather', cleo: 'note' } }])
    await makeGood()
    expect(await shares()).toEqual([])
    await composer.finish()
    await makeGood()
    expect(await shares()).toEqual([
      ['shared_check_ins.share', { pair: 'ben', id, level: 'weather' }],
      ['shared_check_ins.share', { pair: 'cleo', id, level: 'note' }],
    ])
    expect(await promised()).toEqual([])
    await makeGood()
    expect(await shares()).toHaveLength(2)
  })

  it('says when its Undo is over, by itself as well', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    await agreed({ ben: 'weather' })
    const over = vi.fn()
    const end = onUndoOver(over)
    await composer.tap(2)
    vi.advanceTimersByTime(9_999)
    expect(over).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(over).toHaveBeenCalledTimes(1)
    end()
  })

  it('that was taken back is shared with nobody', async () => {
    await agreed({ ben: 'weather' })
    await composer.tap(2)
    await composer.takeBack()
    await makeGood()
    expect(await shares()).toEqual([])
    expect(await promised()).toEqual([])
  })

  it('that is left for the next one waits as long as that one can take its place', async () => {
    await agreed({ ben: 'weather' })
    await composer.tap(2)
    const first = composer.id
    await composer.tap(3)
    await makeGood()
    expect(await shares()).toEqual([])
    await composer.insteadOf()
    await makeGood()
    expect(await shares()).toEqual([])
    await composer.takeBack()
    await composer.finish()
    await makeGood()
    expect((await shares()).map(([, args]) => (args as { id: string }).id)).toContain(first)
  })

  it('is shared at the next start where the page was killed', async () => {
    await agreed({ ben: 'weather' })
    await composer.tap(2)
    const [stands] = await promised()
    await database.table('promised').put({ ...stands, page: 'killed' })
    await makeGood()
    expect(await shares()).toHaveLength(1)
  })

  it('that was answered on a lock screen is shared when the app is next open, and once', async () => {
    await agreed({ ben: 'weather' })
    const answer = { key: 'a push', action: 'better' } as const
    await recordAnswer(database, answer, Date.now(), 'Europe/Dublin')
    expect(await shares()).toEqual([])
    await makeGood()
    expect(await shares()).toHaveLength(1)
    // The same push, answered twice.
    await recordAnswer(database, answer, Date.now(), 'Europe/Dublin')
    await makeGood()
    expect(await shares()).toHaveLength(1)
  })

  it('promises nothing where nothing is agreed on', async () => {
    await composer.tap(2)
    expect(await promised()).toEqual([])
  })
})

describe('sharing one check-in otherwise', () => {
  it('changes the promise while it can be taken back', async () => {
    await agreed({ ben: 'note', cleo: 'note' })
    await composer.tap(2)
    const id = composer.id ?? ''
    await shareWith('ben', id, 'checked-in')
    await shareWith('cleo', id, 'nothing')
    await composer.finish()
    await makeGood()
    expect(await shares()).toEqual([['shared_check_ins.share', { pair: 'ben', id, level: 'checked-in' }]])
  })

  it('is sent at once after that, and shows as waiting', async () => {
    await agreed({ ben: 'note' })
    await composer.tap(2)
    const id = composer.id ?? ''
    await composer.finish()
    await makeGood()
    await shareWith('ben', id, 'nothing')
    expect((await shares()).at(-1)).toEqual(['shared_check_ins.take_back', { pair: 'ben', id }])
    const waiting = await database.table<SharingChange, string>('sharing_changes').toArray()
    expect(waiting).toMatchObject([{ pair: 'ben', checkIn: id, level: 'nothing' }])
  })

  it('keeps no promise about what was deleted', async () => {
    await agreed({ ben: 'note' })
    await composer.tap(2)
    await deleteCheckIn(composer.id ?? '')
    await composer.finish()
    await makeGood()
    expect(await shares()).toEqual([])
    expect(await promised()).toEqual([])
  })
})

describe('terms', () => {
  const terms = { part: { ...NO_PART, shares: 'checked-in' as const }, worried: '', reviewOn: null }

  it('that only share less are in force at once, and the next check-in promises no more', async () => {
    await agreed({ ben: 'note' })
    const standing = standingOf(await database.table('agreements').toArray(), undefined, 'ada in ben')
    expect(await sendTerms('ben', standing, terms)).toBe('in-force')
    expect(await changes()).toEqual([['agreements.narrow', { pair: 'ben', level: 'checked-in' }]])
    await composer.tap(2)
    expect(await promised()).toMatchObject([{ levels: { ben: 'checked-in' } }])
  })

  it('that change more share less first, and propose the rest', async () => {
    await agreed({ ben: 'note' })
    const standing = standingOf(await database.table('agreements').toArray(), undefined, 'ada in ben')
    expect(await sendTerms('ben', standing, { ...terms, worried: 'Ring.' })).toBe('proposed')
    expect((await changes()).map(([name]) => name)).toEqual(['agreements.narrow', 'agreements.propose'])
  })
})

describe('a yes', () => {
  it('is said once to one proposal, however often it is tapped', async () => {
    await agreed({ ben: 'weather' })
    await Promise.all([acceptProposal('ben', 'first'), acceptProposal('ben', 'first')])
    await acceptProposal('ben', 'first')
    expect(await changes()).toEqual([['agreements.accept', { pair: 'ben', id: 'first' }]])
    await acceptProposal('ben', 'second')
    expect(await changes()).toHaveLength(2)
  })
})
