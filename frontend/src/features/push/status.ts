/** How pushes stand on this device, and the test that proves it. */

import { readable, type Readable } from 'svelte/store'

import { database, recall } from '../../store/database'
import { live, type Live } from '../../store/live'
import { abilityOf, browserHere, type Ability } from './browser'
import { postTest } from './requests'

export type Standing =
  | Exclude<Ability, 'possible'>
  /** The person said no in this browser. */
  | 'denied'
  | 'off'
  | 'on'

/** How it stands, from what the browser and the store say. */
export function standingOf(ability: Ability, permission: NotificationPermission, wanted: boolean): Standing {
  if (ability !== 'possible') return ability
  if (permission === 'denied') return 'denied'
  return permission === 'granted' && wanted ? 'on' : 'off'
}

export function standingHere(permission: NotificationPermission, wanted: boolean): Standing {
  return standingOf(abilityOf(browserHere()), permission, wanted)
}

/** Whether pushes were turned on on this device. */
export function wanted(): Live<boolean> {
  return live(async () => (await recall(database, 'pushOn')) ?? false)
}

/** When a push last reached this device, milliseconds; null: never. */
export function lastReached(): Live<number | null> {
  return live(async () => (await recall(database, 'pushReached'))?.at ?? null)
}

/** The browser's permission, and every change of it: people go to the settings and come back. */
export const permission: Readable<NotificationPermission> = readable<NotificationPermission>(
  'default',
  (set) => {
    if (!('Notification' in globalThis)) return
    const look = (): void => set(Notification.permission)
    look()
    document.addEventListener('visibilitychange', look)
    window.addEventListener('focus', look)
    let status: PermissionStatus | undefined
    navigator.permissions.query({ name: 'notifications' }).then(
      (found) => {
        status = found
        found.addEventListener('change', look)
      },
      () => undefined,
    )
    return () => {
      document.removeEventListener('visibilitychange', look)
      window.removeEventListener('focus', look)
      status?.removeEventListener('change', look)
    }
  },
)

/** A push that has not come within this time has not come. Milliseconds. */
const TEST_PATIENCE = 30_000

/** Has one sent and waits for it; seconds from the tap to its arrival, null: it has not come. Throws Problem or Unreachable. */
export async function roundTrip(patience: number = TEST_PATIENCE): Promise<number | null> {
  const began = Date.now()
  const key = await postTest()
  const at = await arrivalOf(key, patience)
  return at === null ? null : Math.max(0, at - began) / 1000
}

function arrivalOf(key: string, patience: number): Promise<number | null> {
  return new Promise((resolve) => {
    const reached = live(() => recall(database, 'pushReached'))
    let stop = (): void => undefined
    const end = (at: number | null): void => {
      clearTimeout(timer)
      // Not before subscribe() has answered.
      queueMicrotask(() => stop())
      resolve(at)
    }
    const timer = setTimeout(() => end(null), patience)
    stop = reached.subscribe((last) => {
      if (last?.key === key) end(last.at)
    })
  })
}
