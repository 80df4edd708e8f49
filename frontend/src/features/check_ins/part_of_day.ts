import type { PartOfDay } from '../../words/en/today'

/** What people call it; the hours before five belong to a night that has no good name. `hour` is 0 … 23. */
export function partOfDay(hour: number): PartOfDay {
  if (hour < 5) return 'small-hours'
  if (hour < 12) return 'morning'
  if (hour < 17) return 'afternoon'
  if (hour < 22) return 'evening'
  return 'night'
}
