/**
 * The first screen comes first: whatever it does not need to be seen and tapped waits here, and is then taken up bit
 * by bit, so that no tap finds the phone busy with something else for long.
 */

/** Milliseconds after which the screen counts as painted: a page in the background is painted when it is looked at. */
const LONGEST_WAIT = 1_000
/** Milliseconds after which something is done although the phone has always had something else to do. */
const LONGEST_REST = 300

let stands: () => void
/** The first screen is there to be seen. */
export const firstPaint = new Promise<void>((resolve) => (stands = resolve))

/** The first screen has been put there: from the next frame on it can be seen. */
export function screenStands(): void {
  // The frame after the next begins when the first one has been painted.
  requestAnimationFrame(() => setTimeout(stands))
  setTimeout(stands, LONGEST_WAIT)
}

/** When the phone has nothing better to do, and soon in any case. */
export function idle(): Promise<void> {
  return new Promise((resolve) => {
    // Safari has none.
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: LONGEST_REST })
    else setTimeout(resolve)
  })
}

/**
 * At once, but in a task of its own: two short ones keep a finger waiting less than one long one. Before the next
 * frame, where the browser lets us.
 */
export async function nextTask(): Promise<void> {
  if ('scheduler' in window) await scheduler.postTask(() => undefined, { priority: 'user-blocking' })
}
