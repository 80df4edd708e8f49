/** What screens have promised is made good at every start, when an Undo is over, and when the app comes to the front. */

import { onUndoOver } from '../check_ins/undo_stands'
import { makeGood } from './making_good'

/** Follows until the page goes. */
export function followSharing(): void {
  let last = Promise.resolve()
  const look = (): void => {
    if (document.visibilityState !== 'visible') return
    // No room, or no storage: the promise stands, and the next look keeps it.
    last = last.then(() => makeGood().catch(() => undefined))
  }
  onUndoOver(look)
  document.addEventListener('visibilitychange', look)
  look()
}
