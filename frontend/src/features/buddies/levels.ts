/** How much of a check-in is shared. The server holds the same steps. */

/** Each with all before it. */
export const LEVELS = ['nothing', 'checked-in', 'weather', 'feelings', 'note'] as const
export type Level = (typeof LEVELS)[number]

/** 0 nothing … 4 everything that can be shared. */
export const rank = (level: Level): number => LEVELS.indexOf(level)

/** What all of these allow. */
export function least(first: Level, ...others: Level[]): Level {
  return others.reduce((lowest, level) => (rank(level) < rank(lowest) ? level : lowest), first)
}

/** Those that show no more than this. */
export const upTo = (level: Level): Level[] => LEVELS.slice(0, rank(level) + 1)
