import { expect, it } from 'vitest'

import { daysOf, readHours } from './hours'

it('knows day and night from not known', () => {
  expect(readHours('24/7')).toEqual({ known: 'always' })
  expect(readHours('unknown')).toEqual({ known: 'no' })
})

it('reads one span, and several', () => {
  expect(readHours('Mo-Su 15:00-03:00')).toEqual({
    known: 'times',
    spans: [{ from: 'Mo', to: 'Su', opens: '15:00', closes: '03:00' }],
  })
  expect(readHours('Mo-Tu 11:00-15:00, We 13:00-16:00')).toEqual({
    known: 'times',
    spans: [
      { from: 'Mo', to: 'Tu', opens: '11:00', closes: '15:00' },
      { from: 'We', to: 'We', opens: '13:00', closes: '16:00' },
    ],
  })
})

it.each(['', 'daily', 'Mo-Fr', 'Xx 09:00-17:00', 'Mo 09:00-17:00; Tu 09:00-17:00'])(
  'never takes what it cannot read (%s) for open',
  (hours) => {
    expect(readHours(hours)).toEqual({ known: 'no' })
  },
)

it('names days in the language of the interface', () => {
  const [weekdays, wednesday, all] = [
    { from: 'Mo', to: 'Fr', opens: '09:00', closes: '17:00' },
    { from: 'We', to: 'We', opens: '09:00', closes: '17:00' },
    { from: 'Mo', to: 'Su', opens: '09:00', closes: '17:00' },
  ] as const
  expect(daysOf(weekdays, 'en')).toBe('Mon–Fri')
  expect(daysOf(weekdays, 'de')).toBe('Mo–Fr')
  expect(daysOf(wednesday, 'de')).toBe('Mi')
  expect(daysOf(all, 'en')).toBeNull()
})
