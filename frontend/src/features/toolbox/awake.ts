/** Keeps the screen on while something is done, where the browser lets us. */

/** Until the returned function is called. It comes back when the page does. */
export function keepAwake(): () => void {
  let held: WakeLockSentinel | null = null
  let over = false

  async function hold(): Promise<void> {
    if (!('wakeLock' in navigator) || document.visibilityState !== 'visible') return
    try {
      const lock = await navigator.wakeLock.request('screen')
      if (over) await lock.release()
      else held = lock
    } catch {
      // The battery is low, or it is not allowed: the screen goes off as it always does.
    }
  }

  const look = (): void => void hold()
  document.addEventListener('visibilitychange', look)
  look()
  return () => {
    over = true
    document.removeEventListener('visibilitychange', look)
    void held?.release().catch(() => undefined)
  }
}
