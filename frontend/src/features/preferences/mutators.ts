/** What a person can choose. Resolves when the choice is safe on this phone. */

import { mutate } from '../../sync/mutate'
import type { PreferenceKey } from './kind'

/** Throws a StorageError. */
export async function setPreference(key: PreferenceKey, value: string): Promise<void> {
  await mutate('preferences.set', { key, value })
}
