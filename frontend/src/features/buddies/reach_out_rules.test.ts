import { describe, expect, test } from 'vitest'

import type { Pair } from './model'
import type { Ask, ReachOut, ReachOutPart, Wished } from './reach_out_model'
import {
  asksOfMine,
  askedBy,
  choiceOf,
  isFresh,
  minutesSince,
  nextMorning,
  standingOf,
} from './reach_out_rules'

const NOW = Date.parse('2026-11-22T03:00:00Z')
const MINUTE = 60_000

const pairOf = (id: string, name: string): Pair => ({
  id,
  me: { id: `me-${id}`, pair: id, name: 'Ada' },
  other: { id: `other-${id}`, pair: id, name },
})
const ben = pairOf('ben', 'Ben')
const cleo = pairOf('cleo', 'Cleo')
const wished: Wished = {
  id: 'r',
  want: 'sit',
  pairs: ['ben', 'cleo'],
  minutes: 5,
  begunAt: NOW,
  state: 'sent',
}

const row = (state: ReachOut['state'], ...parts: ReachOutPart['state'][]): ReachOut => ({
  id: 'r',
  want: 'sit',
  minutes: 5,
  begunAt: NOW,
  state,
  parts: parts.map((one, index) => ({ pair: index === 0 ? 'ben' : 'cleo', state: one })),
})
const ask = (pair: Pair, more: Partial<Ask> = {}): Ask => ({
  id: `ask-${pair.id}`,
  pair: pair.id,
  by: pair.me.id,
  want: 'sit',
  askedAt: NOW,
  state: 'open',
  answer: null,
  ...more,
})

describe('how a reach-out stands', () => {
  const said = (stands: ReachOut | undefined, asks: Ask[], here: Wished = wished, now = NOW) => {
    const standing = standingOf(here, stands, asks, [ben, cleo], now)
    if (standing === null) return null
    const lines = 'lines' in standing ? standing.lines.map(({ is, pair }) => `${pair.id} ${is}`) : []
    return [standing.is, ...lines]
  }

  test('what has not been sent has reached nobody, and after ten minutes asks again', () => {
    const unsent: Wished = { ...wished, state: 'unsent' }
    const fresh = (now: number) => standingOf(unsent, undefined, [], [ben], now)
    expect(fresh(NOW + 10 * MINUTE)).toMatchObject({ is: 'unsent', fresh: true })
    expect(fresh(NOW + 10 * MINUTE + 1)).toMatchObject({ is: 'unsent', fresh: false })
  })

  test('that it came although no answer did is seen in the journal', () => {
    expect(said(row('open', 'asked', 'waiting'), [ask(ben)], { ...wished, state: 'unsent' })).toEqual([
      'asking',
      'ben asked',
      'cleo next',
    ])
  })

  test('before the journal has it, it stands as the server said', () => {
    const told = { state: 'open' as const, parts: row('open', 'unreachable', 'asked').parts }
    expect(said(undefined, [], { ...wished, told })).toEqual(['asking', 'ben unreachable', 'cleo asked'])
  })

  test('an answer counts as soon as it is here, whatever the journal says yet', () => {
    expect(said(row('open', 'asked', 'waiting'), [ask(ben, { answer: 'can' })])).toEqual([
      'found',
      'ben can',
      'cleo next',
    ])
  })

  test('nobody: all were asked, or none could be', () => {
    const asks = [ask(ben, { state: 'passed' }), ask(cleo, { state: 'passed', answer: 'cant' })]
    expect(said(row('nobody', 'asked', 'asked'), asks)).toEqual(['nobody', 'ben asked', 'cleo cant'])
    expect(said(row('nobody', 'unreachable', 'unreachable'), [])).toEqual([
      'unreachable',
      'ben unreachable',
      'cleo unreachable',
    ])
    expect(said(row('nobody', 'asked', 'unreachable'), [ask(ben, { answer: 'later' })])?.[0]).toBe('later')
  })

  test('an ask of an earlier time answers nothing', () => {
    const before = ask(ben, { askedAt: NOW - MINUTE, answer: 'can', id: 'before' })
    expect(said(row('open', 'asked', 'waiting'), [before, ask(ben)])).toEqual([
      'asking',
      'ben asked',
      'cleo next',
    ])
  })

  test('before the journal has it, what buddies said another time is not about it', () => {
    const told = { state: 'open' as const, parts: row('open', 'asked', 'waiting').parts }
    const before = ask(ben, { askedAt: NOW - MINUTE, answer: 'can' })
    const standing = standingOf({ ...wished, told }, undefined, [before], [ben, cleo], NOW)
    expect(standing).toMatchObject({
      is: 'asking',
      lines: [{ is: 'asked', at: NOW, passed: false }, { is: 'next' }],
    })
  })

  test('somebody who could and is no buddy any more is nobody who can', () => {
    const here = [ben]
    const standing = (...asks: Ask[]) =>
      standingOf(wished, { ...row('found', 'asked', 'asked') }, asks, here, NOW)?.is
    expect(standing(ask(ben, { answer: 'later' }))).toBe('later')
    expect(standing(ask(ben, { answer: 'cant' }))).toBe('nobody')
    expect(standingOf(wished, row('found', 'unreachable', 'asked'), [], here, NOW)?.is).toBe('unreachable')
    expect(standing(ask(ben, { answer: 'can' }))).toBe('found')
  })

  test('that somebody can, told before the journal says who, is no reason to ask again', () => {
    const told = { state: 'found' as const, parts: row('found', 'asked').parts }
    expect(said(undefined, [], { ...wished, told })).toEqual(['asking', 'ben asked'])
  })

  test('taken back, on whatever phone, it is over', () => {
    expect(said(row('ended', 'asked'), [ask(ben)])).toBeNull()
  })
})

test('what a member is asked: by others, of a day, and of an hour when it is over', () => {
  const asked = (more: Partial<Ask>, now = NOW) =>
    asksOfMine([ask(ben, { by: ben.other.id, ...more })], [ben], now).length
  expect(asked({})).toBe(1)
  expect(asked({ by: ben.me.id })).toBe(0)
  expect(asked({ pair: 'gone' })).toBe(0)
  expect(asked({ state: 'passed' }, NOW + 23 * 60 * MINUTE)).toBe(1)
  expect(asked({ state: 'passed' }, NOW + 24 * 60 * MINUTE)).toBe(0)
  expect(asked({ state: 'ended' }, NOW + 61 * MINUTE)).toBe(0)
})

test('what was chosen last, for the buddies of now', () => {
  const dan = pairOf('dan', 'Dan')
  const last = {
    want: 'listen' as const,
    minutes: 10 as const,
    order: ['gone', 'cleo', 'ben'],
    not: ['ben', 'gone'],
  }
  const choice = choiceOf(last, [ben, cleo, dan])
  expect(choice).toEqual({ want: 'listen', minutes: 10, order: ['cleo', 'ben', 'dan'], not: ['ben'] })
  expect(askedBy(choice)).toEqual(['cleo', 'dan'])
  // Who alone is left can be asked, whatever was once chosen among more.
  expect(choiceOf(last, [ben]).not).toEqual([])
  expect(choiceOf({ ...last, not: ['ben', 'cleo'] }, [ben, cleo]).not).toEqual([])
  expect(choiceOf(undefined, [ben])).toEqual({ want: 'sit', minutes: 5, order: ['ben'], not: [] })
})

test('a clock that was set back makes nothing fresh, and no time negative', () => {
  expect(isFresh(NOW, NOW - 11 * MINUTE)).toBe(false)
  expect(minutesSince(NOW, NOW - MINUTE)).toBe(0)
  expect(minutesSince(NOW, NOW + 2.5 * MINUTE)).toBe(2)
})

test('tomorrow morning is the next one that somebody wakes up to', () => {
  expect(new Date(nextMorning(new Date(2026, 10, 22, 23, 30)))).toEqual(new Date(2026, 10, 23, 9))
  expect(new Date(nextMorning(new Date(2026, 10, 22, 3, 0)))).toEqual(new Date(2026, 10, 22, 9))
})
