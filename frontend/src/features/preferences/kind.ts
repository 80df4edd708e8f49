/** Preferences as sync knows them: one row for each key. */

import * as v from 'valibot'

import { idFollowing } from '../../store/ids'
import { register, type Mutator, type SyncedKind } from '../../sync/registry'

/** `region`: ISO 3166-1 alpha-2 ("IE"); `language`: "en" or "de"; `theme`: "system", "light" or "dark". */
export type PreferenceKey = 'region' | 'language' | 'theme'

export interface Preference {
  id: string
  key: string
  value: string
}

export interface SetArgs {
  key: string
  value: string
}

/** The server makes the same id from the same key, so that two phones mean the same row. */
const NAMES = '6f9619ff-8b86-5d11-b42d-00c04fc964ff'

export function idOfKey(key: string): string {
  return idFollowing(NAMES, key)
}

const dataSchema = v.object({ key: v.string(), value: v.string() })

export const preferenceKind: SyncedKind<Preference> = {
  kind: 'preference',
  table: 'preferences',
  fromServer(id, data) {
    const read = v.safeParse(dataSchema, data)
    return read.success ? { id, ...read.output } : null
  },
}

const set: Mutator<SetArgs, Preference> = {
  name: 'preferences.set',
  kind: preferenceKind.kind,
  rowOf: ({ key }) => idOfKey(key),
  apply: (_view, { key, value }) => ({ id: idOfKey(key), key, value }),
}

register(preferenceKind, [set])
