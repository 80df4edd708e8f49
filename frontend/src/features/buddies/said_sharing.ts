/** Who sees a check-in, put into few sentences. */

import { locale, type Words } from '../../words'
import type { Level } from './levels'
import type { SharingWith } from './sharing_queries'

/** Those who see the same. */
interface Group {
  level: Level
  stands: SharingWith['stands']
  names: string[]
}

/** Buddies who see the same of a check-in, together, in the order of the first of each. */
function groupsOf(sharing: readonly SharingWith[]): Group[] {
  const groups: Group[] = []
  for (const { pair, level, stands } of sharing) {
    const group = groups.find((one) => one.level === level && one.stands === stands)
    if (group === undefined) groups.push({ level, stands, names: [pair.other.name] })
    else group.names.push(pair.other.name)
  }
  return groups
}

/** "Ben and Cleo will see the weather. Dora sees nothing of it." */
export function saySharing(sharing: readonly SharingWith[], words: Words): string {
  const say = words.sharing.checkIn
  return groupsOf(sharing)
    .map(({ stands, level, names }) =>
      (stands === 'settled' ? say.sees : say.will)(listOf(names), names.length > 1, level),
    )
    .join(' ')
}

/** "Ben and Cleo" */
export const listOf = (names: readonly string[]): string =>
  new Intl.ListFormat(locale(), { type: 'conjunction' }).format(names)
