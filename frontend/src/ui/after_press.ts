/** What makes a page longer must wait until a press is over: a button that moves away under it would miss it. */

let pressed = false

const options = { capture: true, passive: true }
window.addEventListener('pointerdown', () => (pressed = true), options)
for (const end of ['pointerup', 'pointercancel'])
  window.addEventListener(end, () => (pressed = false), options)

/** Runs `work` now or, where somebody is pressing something, once that is over, and before the click does what it does. */
export function afterPress(work: () => void): void {
  if (!pressed) {
    work()
    return
  }
  const done = new AbortController()
  const { signal } = done
  const run = (): void => {
    if (signal.aborted) return
    done.abort()
    work()
  }
  const released = (): void => {
    window.addEventListener('click', run, { capture: true, signal })
    setTimeout(run)
  }
  for (const end of ['pointerup', 'pointercancel'])
    window.addEventListener(end, released, { ...options, signal })
}
