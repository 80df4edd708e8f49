/** A strategy in a few words. */

import { words } from '../../words'
import type { Strategy } from './model'

/** "Breathe · 2 minutes". */
export function sayAbout({ kind, minutes }: Pick<Strategy, 'kind' | 'minutes'>): string {
  const { kinds, minutes: sayMinutes } = words().toolbox
  return minutes === null ? kinds[kind] : `${kinds[kind]} · ${sayMinutes(minutes)}`
}
