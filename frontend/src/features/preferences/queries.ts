/** What was chosen, on this phone or another. */

import { database } from '../../store/database'
import { live, type Live } from '../../store/live'
import { idOfKey, type Preference, type PreferenceKey } from './kind'

/** The value; null where nothing was chosen. */
export function preference(key: PreferenceKey): Live<string | null> {
  return live(async () => {
    const chosen = await database.table<Preference, string>('preferences').get(idOfKey(key))
    return chosen?.value ?? null
  })
}
