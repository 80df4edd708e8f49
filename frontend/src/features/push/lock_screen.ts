/** What stands on this phone's lock screen: shown and looked through one at a time, by tabs and worker alike. */

import { withLock } from '../../sync/lock'

/** As much of a registration as is needed to look. */
export type LockScreen = Partial<Pick<ServiceWorkerRegistration, 'getNotifications'>>

/** Whoever holds the lock may have been frozen: a notification waits no longer. Milliseconds. */
const PATIENCE = 2_000

export async function whatStands(registration: LockScreen): Promise<Notification[]> {
  return oneAtATime(async () => (await registration.getNotifications?.()) ?? [])
}

/**
 * Chromium throws out of its list what is being shown while somebody looks through it: the notification stands there,
 * and a tap on it does nothing.
 */
export function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
  return withLock('leeward-lock-screen', PATIENCE, work)
}
