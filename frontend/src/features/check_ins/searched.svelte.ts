import type { Word } from './model'

/**
 * What was last sought, kept while the app is open so that Back returns to the results. On purpose not in the
 * address: what somebody seeks in their own notes does not belong in the browser's history.
 */
export const searched = $state<{ text: string; feeling: Word | null; context: Word | null; limit: number }>({
  text: '',
  feeling: null,
  context: null,
  limit: 30,
})
