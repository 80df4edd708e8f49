/** What somebody has begun to write outlives a reload, a crash and a phone call. Never sent. */

import { database, recall } from './database'
import { forgetLastWords, readLastWords } from './last_words'
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
  await takeLastWords(key)
  return (await database.drafts.get(key))?.value
}

/** Forgets it, because it was saved or given up. */
export async function clearDraft(key: string): Promise<void> {
  await save(database, [database.drafts], () => database.drafts.delete(key))
  forgetLastWords(key)
}

/** The last words of the page before become the draft, unless they were somebody's who has gone. */
async function takeLastWords(key: string): Promise<void> {
  const words = readLastWords(key)
  if (words === null) return
  await save(database, [database.meta, database.drafts], async () => {
    const erasedAt = (await recall(database, 'erasedAt')) ?? 0
    if (words.savedAt > erasedAt) {
      await database.drafts.put({ key, value: clean(words.value), savedAt: words.savedAt })
    }
  })
  forgetLastWords(key)
}
