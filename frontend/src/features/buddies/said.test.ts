import { beforeAll, describe, expect, it } from 'vitest'

import { restOfWords, words } from '../../words'
import { de as german } from '../../words/de'
import type { Part } from './agreement_model'
import { LEVELS } from './levels'
import { sentencesOf } from './said_agreement'
import { saySharing } from './said_sharing'
import type { SharingWith } from './sharing_queries'
import { NO_PART, type Whole } from './standing'

beforeAll(restOfWords)

const part = (given: Partial<Part>): Part => ({ ...NO_PART, ...given })
const whole = (given: Partial<Whole>): Whole => ({
  mine: NO_PART,
  theirs: NO_PART,
  worried: '',
  reviewOn: null,
  ...given,
})
const said = (of: Whole, before: Whole | null = null) => sentencesOf(of, before, 'Ben', words(), '2026-11-22')

describe('an agreement in sentences', () => {
  it('says what each shares, and leaves out what nobody said', () => {
    expect(said(whole({ mine: part({ shares: 'weather' }) })).map(({ text }) => text)).toEqual([
      'You share the weather.',
      'Ben shares nothing.',
    ])
  })

  it('says when each is around', () => {
    const mine = part({ days: [1, 2, 3, 4, 5], hoursFrom: '18:00', hoursTo: '21:00', notOnCall: true })
    const theirs = part({ hoursFrom: '08:00', hoursTo: '09:00' })
    const texts = said(whole({ mine, theirs })).map(({ text }) => text.replaceAll('\u202f', ' '))
    expect(texts[2]).toMatch(/^You are around Monday to Friday from .+ to .+\.$/)
    expect(texts[3]).toMatch(/^Ben is around every day from .+ to .+, on Ben’s clock\.$/)
    expect(texts[4]).toBe('You are not on call: you answer when you can.')
  })

  it('says what would change, also when something is said no more', () => {
    const before = whole({ mine: part({ shares: 'note' }), worried: 'Ring.' })
    const changes = said(whole({ mine: part({ shares: 'weather' }) }), before).filter((one) => one.before)
    expect(changes).toMatchObject([
      { about: 'mine', before: 'You share the weather, your feelings and your note.' },
      { about: 'worried', before: 'If one of us is worried: “Ring.”' },
    ])
  })
})

describe('who sees a check-in', () => {
  const of = (name: string, level: SharingWith['level'], stands: SharingWith['stands']) =>
    ({ pair: { other: { name } }, atMost: 'note', level, stands }) as SharingWith

  it('is said once for those who see the same', () => {
    const sharing = [
      of('Ben', 'weather', 'promised'),
      of('Cleo', 'weather', 'promised'),
      of('Dora', 'nothing', 'settled'),
      of('Eve', 'checked-in', 'settled'),
    ]
    expect(saySharing(sharing, words())).toBe(
      'Ben and Cleo will see the weather. Dora sees nothing of it. Eve sees that you checked in.',
    )
  })

  it('reads in German at every level', () => {
    const levels = LEVELS.map((level) => german.sharing.checkIn.will('Ben', false, level))
    expect(levels).toEqual([
      'Ben wird nichts davon sehen.',
      'Ben wird sehen, dass du einen Check-in gemacht hast.',
      'Ben wird das Wetter sehen.',
      'Ben wird das Wetter und deine Gefühle sehen.',
      'Ben wird das Wetter, deine Gefühle und deine Worte sehen.',
    ])
    expect(german.sharing.youShare('checked-in')).toBe('Du teilst, dass du einen Check-in gemacht hast.')
    expect(german.sharing.checkIn.sees('Ben und Cleo', true, 'weather')).toBe(
      'Ben und Cleo sehen das Wetter.',
    )
  })
})
