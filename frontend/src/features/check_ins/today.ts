/** Which date it is on this phone's clock, also after midnight and after travel. */

import { readable, type Readable } from 'svelte/store'

import { dateIn, zoneHere } from './local_time'

/** "2026-11-22". Looks again every half minute and when the app comes back to the front. */
export const today: Readable<string> = readable(dateNow(), (set) => {
  const look = () => set(dateNow())
  look()
  const timer = setInterval(look, 30_000)
  document.addEventListener('visibilitychange', look)
  return () => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', look)
  }
})

function dateNow(): string {
  return dateIn(zoneHere(), Date.now())
}
