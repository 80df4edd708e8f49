/** Reports put into words. */

import type { Words } from '../../words'
import type { Report, Said } from './model'

type Say = Words['reports']

/** What it was about: "Somebody threatens me". */
export function sayCategory(category: string, say: Say): string {
  return (say.categories as Readonly<Record<string, string>>)[category] ?? say.categories.other
}

/** What came of it, in fixed words; null while nothing has. */
export function sayOutcome({ state, outcome }: Report, say: Say): string | null {
  if (state !== 'closed') return null
  return (say.outcomes as Readonly<Record<string, string>>)[outcome ?? ''] ?? say.outcomes.other
}

/** A row that can go with a report, on one line or more. */
export function sayRow(row: Said, words: Words): string {
  const say = words.reports
  const weathers: Readonly<Record<number, string>> = words.checkIns.weather
  switch (row.kind) {
    case 'message':
      return row.text
    case 'signal':
      return (words.talking.signals as Readonly<Record<string, string>>)[row.signal ?? ''] ?? say.row.signal
    case 'hello':
      return row.text
    case 'shared_check_in': {
      const weather = row.mood === null ? undefined : weathers[row.mood]
      return [weather ?? say.row.checkedIn, row.text].filter((part) => part !== '').join(': ')
    }
  }
}
