import type { Word } from './model'

/** How many results are shown at once, and how many more each time. */
export const PAGE = 30

/**
 * What was last sought, kept while the app is open so that Back returns to the results. On purpose not in the
 * address: what somebody seeks in their own notes does not belong in the browser's history.
 */
export const searched = $state<Searched>(nothing())

interface Searched {
  text: string
  feeling: Word | null
  context: Word | null
  limit: number
}

export function forgetSearch(): void {
  Object.assign(searched, nothing())
}

function nothing(): Searched {
  return { text: '', feeling: null, context: null, limit: PAGE }
}
