/**
 * A page that goes away finishes nothing that it has begun to save: browsers abort what IndexedDB has not committed.
 * Its last words stay here, which is written at once, until the next page makes a draft of them.
 */

const PREFIX = 'leeward.last-words.'

/** As much of Storage as is needed here. */
interface Shelf {
  getItem(name: string): string | null
  setItem(name: string, value: string): void
  removeItem(name: string): void
}

/** The worker, which shares this code, has none. Throws where it is closed to us. */
const shelf = (): Shelf | undefined => (globalThis as { localStorage?: Shelf }).localStorage

/** What the page was about to keep. */
export interface LastWords {
  value: unknown
  savedAt: number
}

/** Keeps `value` this very moment, as well as it can be done: nobody is there any more to be told. */
export function saveLastWords(key: string, value: unknown): void {
  const words: LastWords = { value, savedAt: Date.now() }
  try {
    shelf()?.setItem(PREFIX + key, JSON.stringify(words))
  } catch {
    // Full, or closed to us.
  }
}

/** What the page before was about to keep under `key`; null where it was nothing. */
export function readLastWords(key: string): LastWords | null {
  try {
    const words: unknown = JSON.parse(shelf()?.getItem(PREFIX + key) ?? 'null')
    return isLastWords(words) ? words : null
  } catch {
    return null
  }
}

/** They are a draft now, or have been saved after all. */
export function forgetLastWords(key: string): void {
  try {
    shelf()?.removeItem(PREFIX + key)
  } catch {
    // Closed to us: then there are none.
  }
}

/** Whoever was here is gone. */
export function forgetAllLastWords(): void {
  try {
    for (const name of Object.keys(shelf() ?? {})) if (name.startsWith(PREFIX)) shelf()?.removeItem(name)
  } catch {
    // Closed to us: then there are none.
  }
}

function isLastWords(words: unknown): words is LastWords {
  return (
    typeof words === 'object' &&
    words !== null &&
    'value' in words &&
    'savedAt' in words &&
    typeof words.savedAt === 'number'
  )
}
