/** Reading the check-ins of longer times: for History, and for what was used before. Live, as in queries.ts. */

import { live, type Live } from '../../store/live'
import { folded } from './found_text'
import { OWN_WORD, type CheckIn, type Mood, type Word } from './model'
import { between, table } from './queries'

/** What History looks for; everything given must hold. */
export interface CheckInFilter {
  mood?: Mood
  feeling?: Word
  context?: Word
  /** Words of the note, in any order, whatever their case and accents. */
  text?: string
}

export interface FoundCheckIns {
  /** The latest first. */
  checkIns: CheckIn[]
  /** Whether there are more than were asked for. */
  more: boolean
}

/** Those of a month ("2026-11") by local date, the earliest first. */
export function checkInsOfMonth(month: string): Live<CheckIn[]> {
  return live(() => between(`${month}-01`, `${month}-31`).toArray())
}

/** The months of the first and the last check-in ("2024-03"); null where there is none. */
export function monthsOfCheckIns(): Live<{ oldest: string; latest: string } | null> {
  return live(async () => {
    const span = await spanOfAll()
    return span && { oldest: span.first.slice(0, 7), latest: span.last.slice(0, 7) }
  })
}

/** How many there are in each month of a year ("2026"), January first. */
export function countsOfYear(year: string): Live<number[]> {
  const months = Array.from({ length: 12 }, (_, index) => `${year}-${String(index + 1).padStart(2, '0')}`)
  return live(() => Promise.all(months.map((month) => between(`${month}-01`, `${month}-31`).count())))
}

/** Every word used so far, ours and own. */
export function usedWords(of: 'feelings' | 'contexts'): Live<Word[]> {
  return live(async () => (await table().orderBy(of).uniqueKeys()) as Word[])
}

/** On how many local dates there is a check-in: only goes up, short of deleting. */
export function daysShownUp(): Live<number> {
  // One step of a cursor for each date, and none of the check-ins is read.
  return live(async () => (await table().orderBy('localDate').uniqueKeys()).length)
}

/** The latest `limit` check-ins for which all of the filter holds. Ask with a larger limit for more. */
export function foundCheckIns(filter: CheckInFilter, limit: number): Live<FoundCheckIns> {
  const holds = filterOf(filter)
  return live(async () => {
    const found: CheckIn[] = []
    const span = await spanOfAll()
    // Year by year: reading many rows at once is several times as fast as a cursor over all of them.
    for (let year = yearOf(span?.last); span && year >= yearOf(span.first) && found.length <= limit; year--) {
      const ofYear = await between(`${year}-01-01`, `${year}-12-31`).toArray()
      found.push(...ofYear.filter(holds).reverse())
    }
    return { checkIns: found.slice(0, limit), more: found.length > limit }
  })
}

/** So many of the latest check-ins tell which own words come first. */
const LATELY = 300

/** Own words used before: the most recently used first, then those from long ago by the alphabet. */
export function ownWords(of: 'feelings' | 'contexts'): Live<Word[]> {
  return live(async () => {
    const latest = await table().orderBy('[localDate+instant]').reverse().limit(LATELY).toArray()
    const lately = latest.flatMap((one) => one[of].filter((word) => word.startsWith(OWN_WORD)))
    const ever = (await table().where(of).startsWith(OWN_WORD).uniqueKeys()) as Word[]
    return [...new Set([...lately, ...ever])]
  })
}

/** The local dates of the first and the last check-in; null where there is none. */
async function spanOfAll(): Promise<{ first: string; last: string } | null> {
  const ordered = table().orderBy('[localDate+instant]')
  const [first, last] = await Promise.all([ordered.first(), ordered.last()])
  return first === undefined || last === undefined ? null : { first: first.localDate, last: last.localDate }
}

const yearOf = (date = ''): number => Number(date.slice(0, 4))

function filterOf({ mood, feeling, context, text }: CheckInFilter): (checkIn: CheckIn) => boolean {
  const sought = folded(text ?? '')
    .split(/\s+/)
    .filter((word) => word !== '')
  return (one) => {
    if (mood !== undefined && one.mood !== mood) return false
    if (feeling !== undefined && !one.feelings.includes(feeling)) return false
    if (context !== undefined && !one.contexts.includes(context)) return false
    if (sought.length === 0) return true
    const note = folded(one.note ?? '')
    return sought.every((word) => note.includes(word))
  }
}
