import { words } from '../../words'
import { isContext, isFeeling } from './feelings'
import type { Word } from './model'
import { textOfOwn } from './rules'

/** How a feeling or a context is called: our word in the member's language, or their own. */
export function nameOf(word: Word): string {
  const own = textOfOwn(word)
  if (own !== null) return own
  const { feelings, contexts } = words().checkIns
  if (isFeeling(word)) return feelings[word]
  if (isContext(word)) return contexts[word]
  // A word of a newer Leeward on another device: its key still reads like one.
  return word.replaceAll('-', ' ')
}
