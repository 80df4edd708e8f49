/** Whatever the other says is marked as received as soon as it is on this phone, whichever screen is open. */

import { live } from '../../store/live'
import type { Pair } from './model'
import { allPairs } from './queries'
import { mark } from './talk_mutators'
import { gotIn } from './talk_queries'

/** Pairs in which something has come that the server does not know to be here, and up to which version. */
async function unmarked(): Promise<{ pair: Pair; has: number }[]> {
  const found: { pair: Pair; has: number }[] = []
  for (const pair of await allPairs()) {
    const { has, received } = await gotIn(pair)
    if (has > received) found.push({ pair, has })
  }
  return found
}

/** Marks what has come. A mark brings no words: it is never followed by another. */
export async function markReceived(): Promise<void> {
  for (const { pair, has } of await unmarked()) await mark(pair.id, has, null)
}

/** Follows until the page goes. */
export function followTalk(): void {
  let last = Promise.resolve()
  live(unmarked).subscribe((found) => {
    // No room, or no storage: the next words mark these as well. Two tabs may say the same, and the server minds not.
    if (found?.length) last = last.then(() => markReceived().catch(() => undefined))
  })
}
