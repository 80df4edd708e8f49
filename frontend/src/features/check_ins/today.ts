/** When and where it is on this phone's clock, also after midnight and after travel. */

import { readable, type Readable, type StartStopNotifier } from 'svelte/store'

import { clockHere, localDateOf, zoneHere } from './local_time'

/** Looks again every half minute and when the app comes back to the front. */
function again<T>(look: () => T): StartStopNotifier<T> {
  return (set) => {
    const lookAgain = (): void => set(look())
    lookAgain()
    const timer = setInterval(lookAgain, 30_000)
    document.addEventListener('visibilitychange', lookAgain)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', lookAgain)
    }
  }
}

const dateNow = (): string => localDateOf(clockHere())

/** "2026-11-22". */
export const today: Readable<string> = readable(dateNow(), again(dateNow))

/** The zone of this phone. Asking costs time, which a long list would pay for each of its cards. */
export const here: Readable<string | undefined> = readable(undefined, again<string | undefined>(zoneHere))
