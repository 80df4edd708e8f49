/** What somebody was in the middle of: the words on Today, and changes to one check-in. Read with care, an older app may have written it. */
import * as v from 'valibot'

import { database } from '../../store/database'
import { clearDraft, loadDraft, saveDraft } from '../../store/drafts'
import { saveLastWords } from '../../store/last_words'
import { live, type Live } from '../../store/live'

const todayKey = 'today'
const editPrefix = 'check-in:'
/** The same key goes with the change that makes the draft needless: it is then forgotten in the same breath. */
export const draftOfToday = { draft: todayKey }
export const draftOfEdit = (id: string): { draft: string } => ({ draft: `${editPrefix}${id}` })

const noteDraft = v.object({
  id: v.nullable(v.string()),
  note: v.string(),
  began: v.exactOptional(v.nullable(v.string())),
})

/**
 * Words typed on Today; `id` is the check-in they belong to, null where it was taken back; `began` is the note that it
 * had when they were begun.
 */
export type NoteDraft = v.InferOutput<typeof noteDraft>

const editDraft = v.object({
  mood: v.exactOptional(v.picklist([1, 2, 3, 4, 5])),
  energy: v.exactOptional(v.nullable(v.picklist([1, 2, 3]))),
  feelings: v.exactOptional(v.array(v.string())),
  contexts: v.exactOptional(v.array(v.string())),
  note: v.exactOptional(v.string()),
  date: v.exactOptional(v.string()),
  time: v.exactOptional(v.string()),
})

/** What was changed on the screen of one check-in and not saved yet. */
export type EditDraft = v.InferOutput<typeof editDraft>

export async function readNoteDraft(): Promise<NoteDraft | null> {
  return read(noteDraft, await loadDraft(todayKey))
}

export const writeNoteDraft = (draft: NoteDraft): Promise<void> => saveDraft(todayKey, draft)

export const writeLastNote = (draft: NoteDraft): void => saveLastWords(todayKey, draft)

export const clearNoteDraft = (): Promise<void> => clearDraft(todayKey)

/** The ids of the check-ins that have changes waiting to be saved. One for all cards of a list. */
export const editDrafts: Live<ReadonlySet<string>> = live(async () => {
  const keys = await database.drafts.where('key').startsWith(editPrefix).primaryKeys()
  return new Set(keys.map((key) => key.slice(editPrefix.length)))
})

export async function readEditDraft(id: string): Promise<EditDraft | null> {
  return read(editDraft, await loadDraft(draftOfEdit(id).draft))
}

export const writeEditDraft = (id: string, draft: EditDraft): Promise<void> =>
  saveDraft(draftOfEdit(id).draft, draft)

export const writeLastEdit = (id: string, draft: EditDraft): void =>
  saveLastWords(draftOfEdit(id).draft, draft)

export const clearEditDraft = (id: string): Promise<void> => clearDraft(draftOfEdit(id).draft)

function read<S extends v.GenericSchema>(schema: S, value: unknown): v.InferOutput<S> | null {
  const result = v.safeParse(schema, value)
  return result.success ? result.output : null
}
