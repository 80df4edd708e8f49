import { describe, expect, it } from 'vitest'

import { safety as english } from '../../words/en/safety'
import { safety as german } from '../../words/de/safety'
import { carriedHelplines } from './helplines'
import { nameAndNumber, sayDoubts, sayHours, sayLanguages, siteOf } from './say'

describe('opening hours in words', () => {
  it.each([
    ['24/7', 'Day and night', 'Tag und Nacht'],
    ['unknown', 'Hours not known', 'Zeiten nicht bekannt'],
    ['when the moon is full', 'Hours not known', 'Zeiten nicht bekannt'],
    ['Mo-Su 09:00-24:00', 'Every day 09:00–midnight', 'Täglich 09:00–Mitternacht'],
    [
      'Mo-Fr 08:00-17:00, Sa 10:00-12:00',
      'Mon–Fri 08:00–17:00, Sat 10:00–12:00',
      'Mo–Fr 08:00–17:00, Sa 10:00–12:00',
    ],
  ])('%s', (hours, inEnglish, inGerman) => {
    expect(sayHours(hours, english.hours, 'en')).toBe(inEnglish)
    expect(sayHours(hours, german.hours, 'de')).toBe(inGerman)
  })
})

it('names languages', () => {
  expect(sayLanguages(['bn', 'en'], 'en')).toBe('Bangla, English')
  expect(sayLanguages(['en', 'zh'], 'de')).toBe('Englisch, Chinesisch')
})

it('says each doubt once, also one it does not know', () => {
  expect(sayDoubts(['hours', 'weather', 'weather'], english.doubts)).toEqual([
    english.doubts.hours,
    english.doubts.other,
  ])
})

it.each([
  ['Samaritans', '116 123', 'Samaritans · 116\u00a0123'],
  ['SAPA 129', '129', 'SAPA 129'],
  ['3114', '3114', '3114'],
  ['119 Allô Enfance en Danger', '119', '119 Allô Enfance en Danger'],
  ['Healing119 / SEJIWA', '119, then 8', 'Healing119 / SEJIWA · 119,\u00a0then\u00a08'],
])('says a number once: %s', (name, number, title) => {
  expect(nameAndNumber(name, number)).toBe(title)
})

it('shortens an address to its site', () => {
  expect(siteOf('https://www.samaritans.org/ireland/?x=1')).toBe('samaritans.org')
  expect(siteOf('nowhere')).toBe('nowhere')
})

it('has German words for everybody a line is for', () => {
  const untold = carriedHelplines()
    .regions.flatMap((region) => region.lines)
    .map((line) => line.forWhom)
    .filter((whom) => german.forWhom(whom) === null)
  expect(untold).toEqual([])
})
