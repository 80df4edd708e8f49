/** What somebody is in the middle of writing to a buddy. */

import { clearDraft, loadDraft, saveDraft } from '../../store/drafts'
import { saveLastWords } from '../../store/last_words'

const keyOf = (pair: string): string => `talk:${pair}`

/** Goes with the message that makes the draft needless. */
export const draftOfTalk = (pair: string): { draft: string } => ({ draft: keyOf(pair) })

export async function readTalkDraft(pair: string): Promise<string> {
  const draft = await loadDraft(keyOf(pair))
  return typeof draft === 'string' ? draft : ''
}

/** Throws a StorageError. */
export async function writeTalkDraft(pair: string, text: string): Promise<void> {
  await (text === '' ? clearDraft(keyOf(pair)) : saveDraft(keyOf(pair), text))
}

/** This very moment: the page goes away. */
export const writeLastTalk = (pair: string, text: string): void => saveLastWords(keyOf(pair), text)
