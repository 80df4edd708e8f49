/** The words that somebody is choosing for a missed check-in, and has not saved. */

import { loadDraft, saveDraft } from '../../store/drafts'
import { saveLastWords } from '../../store/last_words'

const keyOf = (pair: string): string => `missed:${pair}`

/** Goes with the wish that makes the draft needless. */
export const draftOfMissed = (pair: string): { draft: string } => ({ draft: keyOf(pair) })

/** Null: nothing was begun. */
export async function readMissedDraft(pair: string): Promise<string | null> {
  const draft = await loadDraft(keyOf(pair))
  return typeof draft === 'string' ? draft : null
}

/** Throws a StorageError. */
export const writeMissedDraft = (pair: string, text: string): Promise<void> => saveDraft(keyOf(pair), text)

/** This very moment: the page goes away. */
export const writeLastMissed = (pair: string, text: string): void => saveLastWords(keyOf(pair), text)
