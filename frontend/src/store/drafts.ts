/** What somebody has begun to write outlives a reload, a crash and a phone call. Never sent. */

import { database } from './database'
import { save } from './saving'
import { clean } from './text'

/** Keeps `value` under `key`, instead of what was there. Throws a StorageError. */
export async function saveDraft(key: string, value: unknown): Promise<void> {
  await save(database, [database.drafts], () =>
    database.drafts.put({ key, value: clean(value), savedAt: Date.now() }),
  )
}

/** What was kept under `key`; undefined where nothing is. As it was saved: check its shape. */
export async function loadDraft(key: string): Promise<unknown> {
  return (await database.drafts.get(key))?.value
}

/** Forgets it, because it was saved or given up. */
export async function clearDraft(key: string): Promise<void> {
  await save(database, [database.drafts], () => database.drafts.delete(key))
}
