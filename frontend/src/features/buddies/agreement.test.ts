import { describe, expect, it } from 'vitest'

import type { Agreement, AgreementChange, Part, Terms } from './agreement_model'
import { least, type Level } from './levels'
import { NO_PART, sharesAtMost, standingOf } from './standing'
import { monthsAfter, narrows, needsYes, termsFrom, tidy } from './terms'

const part = (shares: Level, given: Partial<Part> = {}): Part => ({ ...NO_PART, shares, ...given })
const terms = (shares: Level, given: Partial<Terms> = {}): Terms => ({
  part: part(shares),
  worried: '',
  reviewOn: null,
  ...given,
})

const holds: Agreement = {
  id: 'holds',
  pair: 'pair',
  state: 'in-force',
  proposedBy: 'ada',
  parts: { ada: part('feelings'), ben: part('weather') },
  worried: 'Ring.',
  reviewOn: null,
}
const tabled = (by: string, shares: Level): Agreement => ({
  ...holds,
  id: `of ${by}`,
  state: 'proposed',
  proposedBy: by,
  parts: { ...holds.parts, [by]: part(shares) },
})
const said = (given: Partial<AgreementChange>): AgreementChange => ({
  id: 'pair',
  proposal: null,
  narrowed: null,
  yes: null,
  no: [],
  ...given,
})

describe('how an agreement stands', () => {
  it('is nothing before anybody said anything, and nothing is shared', () => {
    const standing = standingOf([], undefined, 'ada')
    expect(standing).toEqual({ inForce: null, proposal: null, saidYes: false })
    expect(sharesAtMost(standing)).toBe('nothing')
    expect(termsFrom(standing)).toMatchObject({ part: { shares: 'nothing', notOnCall: true }, worried: '' })
  })

  it('shares nothing by a proposal, whoever made it', () => {
    for (const by of ['ada', 'ben']) {
      expect(sharesAtMost(standingOf([tabled(by, 'note')], undefined, 'ada'))).toBe('nothing')
    }
  })

  it('tells apart who proposed, and what each says for themselves', () => {
    const standing = standingOf([holds, tabled('ben', 'note')], undefined, 'ada')
    expect(standing.inForce).toMatchObject({ mine: { shares: 'feelings' }, theirs: { shares: 'weather' } })
    expect(standing.proposal).toMatchObject({ by: 'other', sent: true, theirs: { shares: 'note' } })
    expect(standingOf([holds, tabled('ben', 'note')], undefined, 'ben').proposal).toMatchObject({ by: 'me' })
  })

  it('gives nothing to whoever has not spoken yet', () => {
    const first = { ...tabled('ada', 'note'), parts: { ada: part('note') } }
    expect(standingOf([first], undefined, 'ben').proposal?.mine).toEqual(NO_PART)
  })

  it('shows what waits on this phone: a proposal, a yes, a no', () => {
    const mine = said({ proposal: { id: 'new', answers: null, terms: terms('note') } })
    expect(standingOf([holds], mine, 'ada').proposal).toMatchObject({ by: 'me', sent: false, id: 'new' })
    const theirs = [holds, tabled('ben', 'note')]
    expect(standingOf(theirs, said({ yes: 'of ben' }), 'ada').saidYes).toBe(true)
    expect(standingOf(theirs, said({ no: ['of ben'] }), 'ada').proposal).toBeNull()
  })

  it('shows the other’s where two have crossed, and an answer in its place', () => {
    const theirs = [holds, tabled('ben', 'note')]
    const crossing = said({ proposal: { id: 'new', answers: null, terms: terms('note') } })
    expect(standingOf(theirs, crossing, 'ada').proposal?.by).toBe('other')
    const answer = said({ proposal: { id: 'new', answers: 'of ben', terms: terms('weather') } })
    expect(standingOf(theirs, answer, 'ada').proposal).toMatchObject({
      by: 'me',
      mine: { shares: 'weather' },
      theirs: { shares: 'note' },
    })
  })
})

describe('what is shared at most', () => {
  it('is what both said yes to, and less as soon as it is said', () => {
    expect(sharesAtMost(standingOf([holds], undefined, 'ada'))).toBe('feelings')
    expect(sharesAtMost(standingOf([holds], said({ narrowed: 'checked-in' }), 'ada'))).toBe('checked-in')
    expect(sharesAtMost(standingOf([holds, tabled('ada', 'weather')], undefined, 'ada'))).toBe('weather')
  })

  it('is not more because of a proposal, nor of a yes that the server has not heard', () => {
    expect(sharesAtMost(standingOf([holds, tabled('ada', 'note')], undefined, 'ada'))).toBe('feelings')
    const theirs = { ...tabled('ben', 'note'), parts: { ada: part('note'), ben: part('note') } }
    expect(sharesAtMost(standingOf([holds, theirs], said({ yes: theirs.id }), 'ada'))).toBe('feelings')
  })

  it('stays less in what lies on the table', () => {
    const standing = standingOf([holds, tabled('ben', 'note')], said({ narrowed: 'nothing' }), 'ada')
    expect(standing.proposal?.mine.shares).toBe('nothing')
    expect(least('note', 'checked-in', 'weather')).toBe('checked-in')
  })
})

describe('new terms', () => {
  const standing = standingOf([holds], undefined, 'ada')

  it('need no yes where one shares less and all else stays', () => {
    const less = terms('weather', { worried: 'Ring.' })
    expect([narrows(standing, less), needsYes(standing, less)]).toEqual([true, false])
    const same = terms('feelings', { worried: 'Ring.' })
    expect([narrows(standing, same), needsYes(standing, same)]).toEqual([false, false])
  })

  it('need one for everything else', () => {
    for (const other of [
      terms('note', { worried: 'Ring.' }),
      terms('weather', { worried: 'Write.' }),
      terms('feelings', { worried: 'Ring.', reviewOn: '2027-02-22' }),
      terms('feelings', { worried: 'Ring.', part: part('feelings', { days: [1] }) }),
    ]) {
      expect(needsYes(standing, other)).toBe(true)
    }
    expect(needsYes(standingOf([], undefined, 'ada'), terms('nothing'))).toBe(true)
    expect(needsYes(standingOf([holds, tabled('ben', 'note')], undefined, 'ada'), terms('feelings'))).toBe(
      true,
    )
  })

  it('are kept in order, and hours only as two', () => {
    const untidy = terms('weather', {
      worried: '  Ring. ',
      reviewOn: '',
      part: part('weather', { days: [7, 1, 7], hoursFrom: '18:00', hoursTo: '' }),
    })
    expect(tidy(untidy)).toEqual({
      part: part('weather', { days: [1, 7] }),
      worried: 'Ring.',
      reviewOn: null,
    })
  })
})

describe('a day to look at it again', () => {
  it('is the same day of another month, or that month’s last', () => {
    expect(monthsAfter('2026-11-22', 3)).toBe('2027-02-22')
    expect(monthsAfter('2026-11-30', 3)).toBe('2027-02-28')
    expect(monthsAfter('2026-12-31', 6)).toBe('2027-06-30')
  })
})
