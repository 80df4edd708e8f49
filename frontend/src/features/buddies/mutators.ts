/** What a person can do with a pair. Each promise resolves when the change is safe on this phone. */

import { mutate } from '../../sync/mutate'
import './kind'

/** The other calls them otherwise from now on; `name` as rules.ts cleans it. Throws a StorageError. */
export function renameMe(pair: string, name: string): Promise<void> {
  return mutate('pairs.rename', { pair, name })
}

/** It is over: gone from this phone at once, and from the other's when both were in contact. Throws a StorageError. */
export function endPair(pair: string): Promise<void> {
  return mutate('pairs.end', { pair })
}

/** It is over, and neither will find the other again. Throws a StorageError. */
export function blockPair(pair: string): Promise<void> {
  return mutate('pairs.block', { pair })
}
