/** Facts of a line, put into words. */

import type { Words } from '../../words'
import { daysOf, readHours } from './hours'

type SafetyWords = Words['safety']

/** "Day and night", "Mon–Fri 09:00–17:00", or that nobody knows. */
export function sayHours(hours: string, words: SafetyWords['hours'], locale: string): string {
  const read = readHours(hours)
  if (read.known === 'always') return words.always
  if (read.known === 'no') return words.unknown
  return read.spans
    .map((span) => {
      const closes = span.closes === '24:00' ? words.midnight : span.closes
      const times = words.times(span.opens, closes)
      const days = daysOf(span, locale)
      return days === null ? words.everyDay(times) : words.onDays(days, times)
    })
    .join(', ')
}

/** "English, Irish" for ["en", "ga"]. */
export function sayLanguages(languages: readonly string[], locale: string): string {
  const names = new Intl.DisplayNames(locale, { type: 'language' })
  const list = new Intl.ListFormat(locale, { type: 'unit', style: 'short' })
  return list.format(languages.map((language) => names.of(language) ?? language))
}

/** What is shaky about a line, in sentences. */
export function sayDoubts(doubts: readonly string[], words: SafetyWords['doubts']): string[] {
  const known: Readonly<Record<string, string>> = words
  return [...new Set(doubts.map((doubt) => known[doubt] ?? words.other))]
}

/** "samaritans.org" for an address; the address itself where it cannot be read. */
export function siteOf(address: string): string {
  try {
    return new URL(address).hostname.replace(/^www\./, '')
  } catch {
    return address
  }
}

/** A printed number that no line break takes apart. */
export function together(number: string): string {
  return number.replaceAll(' ', '\u00a0')
}

/** "Samaritans · 116 123"; the name alone where it ends or begins with the number: "SAPA 129". */
export function nameAndNumber(name: string, number: string): string {
  const said = name.startsWith(`${number} `) || name.endsWith(` ${number}`) || name === number
  return said ? name : `${name} · ${together(number)}`
}
