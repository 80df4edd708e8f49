import { expect, it } from 'vitest'

import { countries, findCountries } from './countries'

const codes = ['AT', 'CZ', 'GB', 'TR', 'US', 'ZA', 'IE']

it('sorts by the names of the language', () => {
  expect(countries(['AT', 'DE', 'EG'], 'en').map(({ name }) => name)).toEqual(['Austria', 'Egypt', 'Germany'])
  expect(countries(['AT', 'DE', 'EG'], 'de').map(({ name }) => name)).toEqual([
    'Ägypten',
    'Deutschland',
    'Österreich',
  ])
})

it.each([
  ['irel', ['IE', 'GB']],
  ['KINGDOM', ['GB']],
  ['turk', ['TR']],
  ['tür', ['TR']],
  ['us', ['US']],
  ['south  africa', ['ZA']],
  ['south a', ['ZA']],
  ['  ', ['AT', 'CZ', 'IE', 'ZA', 'TR', 'GB', 'US']],
  ['nowhere', []],
  ['uk', ['GB']],
  ['england', ['GB']],
  ['USA', ['US']],
  ['america', ['US']],
  ['Österreich', ['AT']],
  ['česko', ['CZ']],
  ['eire', ['IE']],
  ['turkey', ['TR']],
])('finds by the beginning of a word: %s', (typed, found) => {
  expect(findCountries(countries(codes, 'en'), typed).map(({ code }) => code)).toEqual(found)
})
