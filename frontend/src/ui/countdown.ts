/** A timer that waits while somebody is still deciding. Real time only counts while it runs. */
export interface Countdown {
  pause: () => void
  resume: () => void
  stop: () => void
}

/** Calls `end` once, after `milliseconds` of not being paused. Time is told by `now`, in milliseconds. */
export function countdown(
  milliseconds: number,
  end: () => void,
  now: () => number = () => performance.now(),
): Countdown {
  let left = milliseconds
  let since = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const pause = (): void => {
    if (timer === undefined) return
    clearTimeout(timer)
    timer = undefined
    left -= now() - since
  }
  const resume = (): void => {
    if (timer !== undefined || left <= 0) return
    since = now()
    timer = setTimeout(() => {
      timer = undefined
      left = 0
      end()
    }, left)
  }
  const stop = (): void => {
    clearTimeout(timer)
    timer = undefined
    left = 0
  }
  resume()
  return { pause, resume, stop }
}

/** How long something can be taken back, in milliseconds. */
export const undoTime = 10_000

/**
 * An attachment: the countdown waits while the element has the pointer or the focus in it, and while the page is
 * out of sight: nobody loses the way back because of a phone call or a slow hand.
 */
export function waitsFor(timer: Countdown): (element: HTMLElement) => () => void {
  return (element) => {
    const held = { pointer: false, focus: false, away: document.hidden }
    const change = (which: keyof typeof held, value: boolean): void => {
      held[which] = value
      if (held.pointer || held.focus || held.away) timer.pause()
      else timer.resume()
    }
    const ends = new AbortController()
    const { signal } = ends
    element.addEventListener('pointerenter', (event) => change('pointer', event.pointerType === 'mouse'), {
      signal,
    })
    element.addEventListener('pointerleave', () => change('pointer', false), { signal })
    element.addEventListener('focusin', () => change('focus', true), { signal })
    element.addEventListener('focusout', () => change('focus', false), { signal })
    document.addEventListener('visibilitychange', () => change('away', document.hidden), { signal })
    return () => ends.abort()
  }
}
