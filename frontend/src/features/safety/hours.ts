/** Opening hours as the data writes them, taken apart for putting into words. */

export type Day = 'Mo' | 'Tu' | 'We' | 'Th' | 'Fr' | 'Sa' | 'Su'

const DAYS: readonly Day[] = ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su']

/** From `opens` to `closes` ("24:00" is midnight, an earlier time than `opens` is on the next day), on these days. */
export interface Span {
  from: Day
  to: Day
  opens: string
  closes: string
}

export type Hours = { known: 'always' } | { known: 'no' } | { known: 'times'; spans: Span[] }

const SPAN = /^(\w\w)(?:-(\w\w))? (\d\d:\d\d)-(\d\d:\d\d)$/

/** Anything that cannot be read is not known: never open by mistake. */
export function readHours(hours: string): Hours {
  if (hours === '24/7') return { known: 'always' }
  const spans = hours.split(', ').map(readSpan)
  return spans.every((span) => span !== null) ? { known: 'times', spans } : { known: 'no' }
}

function readSpan(written: string): Span | null {
  const [, from, to = from, opens, closes] = SPAN.exec(written) ?? []
  if (!isDay(from) || !isDay(to) || opens === undefined || closes === undefined) return null
  return { from, to, opens, closes }
}

function isDay(day: string | undefined): day is Day {
  return DAYS.some((known) => known === day)
}

/** "Mon" or "Mo": the short name of a day in this language. */
export function dayName(day: Day, language: string): string {
  // 1 January 2024 was a Monday.
  const date = new Date(Date.UTC(2024, 0, 1 + DAYS.indexOf(day)))
  return new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' }).format(date)
}

/** The days of a span: "Mon–Thu", "Wed", or null where it is every day. */
export function daysOf(span: Span, language: string): string | null {
  if (span.from === 'Mo' && span.to === 'Su') return null
  if (span.from === span.to) return dayName(span.from, language)
  return `${dayName(span.from, language)}–${dayName(span.to, language)}`
}
