/** While a tap can be taken back on a page, no tab shares it with anybody: the page holds a lock, which goes with it. */

import { randomId } from '../../store/ids'

/** This page, or this worker. */
export const PAGE = randomId()

const lockOf = (page: string): string => `leeward-undo-${page}`
const locks = (): LockManager | undefined => ('locks' in navigator ? navigator.locks : undefined)

let held = 0
let letGo: () => void = () => undefined
const listeners = new Set<() => void>()

/** Something can be taken back here, until the returned function is called. */
export function holdUndo(): () => void {
  held += 1
  if (held === 1) {
    const over = new Promise<void>((resolve) => (letGo = resolve))
    locks()
      ?.request(lockOf(PAGE), () => over)
      .catch(() => undefined)
  }
  let holding = true
  return () => {
    if (!holding) return
    holding = false
    held -= 1
    if (held > 0) return
    letGo()
    for (const listener of listeners) listener()
  }
}

/** Calls `listener` whenever nothing can be taken back here any more. Returns how to end it. */
export function onUndoOver(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** Whether something can still be taken back on that page. A page that was killed holds nothing. */
export async function undoStandsOn(page: string): Promise<boolean> {
  if (page === PAGE) return held > 0
  return (await locks()?.request(lockOf(page), { ifAvailable: true }, (lock) => lock === null)) ?? false
}
