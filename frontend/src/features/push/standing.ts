/** What stands on this phone's lock screen and its icon, and whether it is still true. In a page and in the worker. */

import type { Store } from '../../store/database'
import { dateIn, isZone, zoneHere } from '../check_ins/local_time'
import { isDone } from './arrived'
import { whatStands, type LockScreen } from './lock_screen'
import { attachedTo } from './notice'
import type { Told } from './payload'

/** As much of a navigator; where icons have no badge it has nothing of it. */
export interface Badging {
  setAppBadge?(contents: number): Promise<void>
  clearAppBadge?(): Promise<void>
}

/** Both, as of now. `shown` is the key of a push that has just been shown: a browser counts on seeing it. */
export async function bringUpToDate(
  registration: LockScreen,
  badging: Badging,
  store: Store,
  shown?: string,
): Promise<void> {
  await takeDownAnswered(registration, store, Date.now(), shown)
  await showBadge(badging, store)
}

/** A reminder of today that a check-in has answered, here or on another phone, asks for nothing any more. */
export async function takeDownAnswered(
  registration: LockScreen,
  store: Store,
  now: number,
  shown?: string,
): Promise<void> {
  for (const notification of await whatStands(registration)) {
    const { told } = attachedTo(notification)
    if (told?.kind !== 'reminder' || told.key === shown || !isOfToday(told, now)) continue
    // One that comes even after a check-in is answered by a later one.
    const asked = { ...told, skipHours: told.skipHours ?? 0 }
    if (await isDone(store, asked, now)) notification.close()
  }
}

/** For what waits for a look; never for moods, and never for what somebody has not done. */
export async function showBadge(badging: Badging, store: Store): Promise<void> {
  const waiting = await store.needs_look.count()
  await (waiting > 0 ? badging.setAppBadge?.(waiting) : badging.clearAppBadge?.())
}

function isOfToday({ date, zone }: Told, now: number): boolean {
  return date === dateIn(zone !== null && isZone(zone) ? zone : zoneHere(), now)
}
