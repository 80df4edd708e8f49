/** What a page does about pushes by itself: keeps the subscription in step, goes where a notification leads, the badge. */

import { navigate } from '../../routes'
import { recall, database } from '../../store/database'
import { whenErased } from '../../store/erased'
import { live } from '../../store/live'
import { syncStatus } from '../../sync/status'
import { dateIn } from '../check_ins/local_time'
import type { CheckIn } from '../check_ins/model'
import { idle } from '../../ui/first_paint'
import { followZone } from '../reminders/follow'
import { whatStands } from './lock_screen'
import { isFromWorker } from './messages'
import { showBadge, takeDownAnswered } from './standing'
import { drop, keep } from './subscription'

/** Follows until the page goes. Call once, after the first paint. */
export async function followPushes(): Promise<void> {
  followZone()
  await idle()
  followBadge()
  if (!('serviceWorker' in navigator)) return
  followNotifications(navigator.serviceWorker)
  followCheckIns(navigator.serviceWorker)
  if ('PushManager' in globalThis && 'Notification' in globalThis) followOwner(navigator.serviceWorker)
}

/** Somebody signed in, out, or in again: at every start as well. */
function followOwner(workers: ServiceWorkerContainer): void {
  const pushes = async (): Promise<PushManager> => (await workers.ready).pushManager
  let before: string | undefined
  whoIsHere.subscribe((who) => {
    if (who === undefined || who === before) return
    before = who
    void pushes()
      .then((manager) => keep(manager, Notification.permission))
      .catch(ignored)
  })
  whenErased(() => {
    void pushes().then(drop).catch(ignored)
    void workers.ready.then(takeDown).catch(ignored)
  })
}

/** What still stands on the lock screen was for somebody who has gone. */
async function takeDown(registration: ServiceWorkerRegistration): Promise<void> {
  for (const notification of await whatStands(registration)) notification.close()
}

const whoIsHere = live(async () => {
  const owner = (await recall(database, 'owner'))?.id ?? 'nobody'
  return `${owner} ${(await recall(database, 'session')) ?? 'signed-in'}`
})

function followNotifications(workers: ServiceWorkerContainer): void {
  workers.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (!isFromWorker(event.data)) return
    event.ports[0]?.postMessage('gone there')
    // The router takes the address and what is asked of it apart.
    const { pathname, search } = new URL(event.data.path, window.location.origin)
    void navigate(pathname as '/', { search })
  })
}

/** Made in any tab or on another phone: what it answers asks no more. */
function followCheckIns(workers: ServiceWorkerContainer): void {
  recentCheckIns.subscribe((some) => {
    if (some === undefined || some === '') return
    void workers.ready
      .then((registration) => takeDownAnswered(registration, database, Date.now()))
      .catch(ignored)
  })
}

const TWO_DAYS = 48 * 3_600_000

/** Those of today on any clock, and when each was. */
const recentCheckIns = live(async () => {
  const since = dateIn('UTC', Date.now() - TWO_DAYS)
  const found = await database.table<CheckIn>('check_ins').where('localDate').aboveOrEqual(since).toArray()
  return found.map(({ instant }) => instant).join(' ')
})

function followBadge(): void {
  let before = -1
  syncStatus.subscribe(({ needsLook }) => {
    if (needsLook === before) return
    before = needsLook
    void showBadge(navigator, database).catch(ignored)
  })
}

const ignored = (): void => undefined
