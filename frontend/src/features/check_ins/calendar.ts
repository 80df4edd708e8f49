/** A month as a weather calendar. Months are "2026-11", dates "2026-11-03"; no clock and no zone in here. */
import type { CheckIn, Mood, Word } from './model'

export interface Day {
  /** "2026-11-03" */
  date: string
  /** 1 … 31 */
  number: number
  /**
   * The day's weather: that of its last moment, so that the picture ends as the day did; null: nothing noted.
   * The sentence under the month counts by the same.
   */
  mood: Mood | null
  moments: number
}

const two = (value: number): string => String(value).padStart(2, '0')

/** Empty boxes before the first of the month, in a week that begins on `firstWeekday` (1 Monday … 7 Sunday). */
export function boxesBefore(month: string, firstWeekday: number): number {
  const weekday = new Date(`${month}-01T00:00:00Z`).getUTCDay() || 7
  return (weekday - firstWeekday + 7) % 7
}

export function daysIn(month: string): number {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number, 0)).getUTCDate()
}

/** How many rows its picture has. */
export function weeksIn(month: string, firstWeekday: number): number {
  return Math.ceil((boxesBefore(month, firstWeekday) + daysIn(month)) / 7)
}

/** Every day of the month with its weather. `checkIns` are the month's, the earliest first. */
export function daysOf(month: string, checkIns: readonly CheckIn[]): Day[] {
  const days = Array.from({ length: daysIn(month) }, (_, index): Day => {
    const number = index + 1
    return { date: `${month}-${two(number)}`, number, mood: null, moments: 0 }
  })
  for (const { localDate, mood } of checkIns) {
    const day = days[Number(localDate.slice(8)) - 1]
    if (day === undefined) continue
    day.mood = mood
    day.moments += 1
  }
  return days
}

/** For the sentence under the month: on how many days something was noted, and how many of them were fair or clear. */
export function shownUp(days: readonly Day[]): { days: number; bright: number } {
  const noted = days.filter(({ mood }) => mood !== null)
  return { days: noted.length, bright: noted.filter(({ mood }) => mood !== null && mood >= 4).length }
}

/** The month `count` months after (or before). */
export function monthAfter(month: string, count: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const months = year * 12 + number - 1 + count
  return `${String(Math.floor(months / 12)).padStart(4, '0')}-${two((months % 12) + 1)}`
}

/** From `latest` down to `oldest`, both included. */
export function monthsDown(latest: string, oldest: string): string[] {
  const months: string[] = []
  for (let month = latest; month >= oldest; month = monthAfter(month, -1)) months.push(month)
  return months
}

export function dateAfter(date: string, count: number): string {
  const then = new Date(`${date}T00:00:00Z`)
  then.setUTCDate(then.getUTCDate() + count)
  return then.toISOString().slice(0, 10)
}

/** Whether it is a day of the calendar, since 1900: addresses can be typed. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || text < '1900') return false
  const then = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(then.getTime()) && then.toISOString().slice(0, 10) === text
}

/** One bar of "What was around it". */
export interface Around {
  word: Word
  days: number
  /** On how many of these days it was stormy, rainy … clear. */
  weather: readonly [number, number, number, number, number]
  /** What it mostly was; null where nothing stands out. */
  mostly: Mood | null
}

/** What was around the month's moments, the most frequent first. A day counts once for a word, with its last moment. */
export function aroundIt(checkIns: readonly CheckIn[], most: number): Around[] {
  const byWord = new Map<Word, Map<string, Mood>>()
  for (const { contexts, localDate, mood } of checkIns) {
    for (const word of contexts) {
      const days = byWord.get(word) ?? new Map<string, Mood>()
      days.set(localDate, mood)
      byWord.set(word, days)
    }
  }
  return [...byWord]
    .map(([word, days]) => summary(word, [...days.values()]))
    .sort((one, other) => other.days - one.days || one.word.localeCompare(other.word))
    .slice(0, most)
}

function summary(word: Word, moods: readonly Mood[]): Around {
  const count = (mood: Mood): number => moods.filter((one) => one === mood).length
  const weather = [count(1), count(2), count(3), count(4), count(5)] as const
  const highest = Math.max(...weather)
  const standsOut = weather.filter((days) => days === highest).length === 1
  return {
    word,
    days: moods.length,
    weather,
    mostly: standsOut ? ((weather.indexOf(highest) + 1) as Mood) : null,
  }
}
