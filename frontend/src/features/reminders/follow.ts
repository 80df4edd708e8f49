/** Where the phone is, told to the reminders at every start and whenever the app comes to the front. */

import { zoneHere } from '../check_ins/local_time'
import { noteZoneHere } from './travel'
import { announce } from '../../sync/wanted'

/** Follows until the page goes. */
export function followZone(): void {
  const look = (): void => {
    if (document.visibilityState !== 'visible') return
    noteZoneHere(zoneHere()).then(
      (whereabouts) => {
        if (whereabouts === 'moved') announce('wanted')
      },
      // No storage: then there are no reminders here either.
      () => undefined,
    )
  }
  document.addEventListener('visibilitychange', look)
  look()
}
