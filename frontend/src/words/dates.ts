/** Dates and times in the person's own way of writing them. Local dates ("2026-11-03") are read as they stand, in no zone. */
import { locale } from './catalogue.svelte'

const formats = new Map<string, Intl.DateTimeFormat>()

function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale() + JSON.stringify(options)
  let made = formats.get(key)
  if (made === undefined) {
    made = new Intl.DateTimeFormat(locale(), { ...options, timeZone: 'UTC' })
    formats.set(key, made)
  }
  return made
}

const utc = (date: string): Date => new Date(`${date}T00:00:00Z`)
const sameYear = (date: string, now: string): boolean => date.slice(0, 4) === now.slice(0, 4)

/** "Tuesday" */
export const weekdayOf = (date: string): string => format({ weekday: 'long' }).format(utc(date))

/** "Tuesday 3 November", with the year where it is not that of `now`. */
export function dayTitle(date: string, now: string): string {
  return format({
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(sameYear(date, now) ? {} : { year: 'numeric' }),
  }).format(utc(date))
}

/** "November", with the year where it is not that of `now`. `month` is "2026-11". */
export function monthTitle(month: string, now: string): string {
  return format({ month: 'long', ...(sameYear(month, now) ? {} : { year: 'numeric' }) }).format(
    utc(`${month}-01`),
  )
}

/** "Nov" */
export const monthShort = (month: string): string => format({ month: 'short' }).format(utc(`${month}-01`))

/** The time on the clock where it happened: "21:40" or "9:40 pm". Takes `happenedAt`; its offset plays no part. */
export const timeOf = (happenedAt: string): string =>
  format({ hour: 'numeric', minute: '2-digit' }).format(new Date(`${happenedAt.slice(0, 19)}Z`))

export interface Weekday {
  /** 1 Monday … 7 Sunday. */
  day: number
  letter: string
  short: string
  long: string
}

/** "M", "Mon", "Monday" and so on, beginning with the locale's first day of the week. */
export function weekdays(): Weekday[] {
  const first = firstWeekday()
  return Array.from({ length: 7 }, (_, at) => {
    const day = ((first + at - 1) % 7) + 1
    // 2024-01-01 was a Monday.
    const date = new Date(Date.UTC(2024, 0, day))
    return {
      day,
      letter: format({ weekday: 'narrow' }).format(date),
      short: format({ weekday: 'short' }).format(date),
      long: format({ weekday: 'long' }).format(date),
    }
  })
}

type WithWeekInfo = Intl.Locale & {
  getWeekInfo?: () => { firstDay: number }
  weekInfo?: { firstDay: number }
}

/** 1 Monday … 7 Sunday. Browsers that do not say get Monday, and Sunday where that is the custom of the largest. */
export function firstWeekday(): number {
  const here: WithWeekInfo = new Intl.Locale(locale())
  const told = here.getWeekInfo?.() ?? here.weekInfo
  return (
    told?.firstDay ?? (['US', 'CA', 'AU', 'JP', 'BR', 'IN'].includes(here.maximize().region ?? '') ? 7 : 1)
  )
}

/** 1,234 */
export const number = (value: number): string => new Intl.NumberFormat(locale()).format(value)
