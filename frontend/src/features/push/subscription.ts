/**
 * This device's subscription: made in a tap, kept in step with the server's key at every start, gone with the store.
 *
 *     off ──turnOn──▶ on ──(another key, lost by the browser: keep)──▶ on
 *      ▲               │
 *      └── turnOff, signed out, store erased: drop
 *
 * Nothing here needs a document: the worker keeps it up as well.
 */

import { Problem, Unreachable } from '../../api/client'
import { database, recall, remember } from '../../store/database'
import { StorageError } from '../../store/errors'
import { save } from '../../store/saving'
import { withSyncLock } from '../../sync/lock'
import { zoneHere } from '../check_ins/local_time'
import { bytesOf, textOf } from './keys'
import { deleteSubscription, getKey, getStatus, putSubscription } from './requests'

/** As much of a PushManager as is needed here. */
export type Pushes = Pick<PushManager, 'getSubscription' | 'subscribe'>

export type TurnedOn =
  | { outcome: 'on' }
  /** The person said no, now or before: only the browser's own settings change that. */
  | { outcome: 'denied' }
  /** The question was put aside: it can be asked again. */
  | { outcome: 'dismissed' }
  /** The browser has no push service, or cannot reach it. */
  | { outcome: 'no-service' }
  | { outcome: 'unreachable' }
  /** Another member is signed in, or nobody. */
  | { outcome: 'signed-out' }
  | { outcome: 'refused'; code: string }

/** Whether somebody is signed in on this phone who could get pushes. */
export async function mayHavePushes(): Promise<boolean> {
  return (await whoIsHere()) !== null
}

/** The id of who is signed in on this phone. */
async function whoIsHere(): Promise<string | null> {
  const session = (await recall(database, 'session')) ?? 'signed-in'
  return session === 'signed-in' ? ((await recall(database, 'owner'))?.id ?? null) : null
}

/** Turns pushes on. `ask` must be the first thing in a tap. Throws a StorageError. */
export async function turnOn(
  ask: () => Promise<NotificationPermission>,
  pushes: () => Promise<Pushes>,
): Promise<TurnedOn> {
  const permission = await ask()
  if (permission === 'denied') return { outcome: 'denied' }
  if (permission === 'default') return { outcome: 'dismissed' }
  if (!(await mayHavePushes())) return { outcome: 'signed-out' }
  const turned = await subscribe(await pushes())
  if (turned.outcome === 'on') await keepOn(true)
  return turned
}

/** Turns them off on this device. Works without a network: what the browser has dropped reaches nobody. */
export async function turnOff(pushes: Pushes): Promise<void> {
  await keepOn(false)
  const subscription = await pushes.getSubscription()
  if (subscription === null) return
  await subscription.unsubscribe()
  await deleteSubscription(subscription.endpoint).catch(ignored)
}

/** Whoever was here is gone: their pushes go as well. The server's side went with the session. */
export async function drop(pushes: Pushes): Promise<void> {
  await (await pushes.getSubscription())?.unsubscribe()
}

/**
 * At every start, when somebody signs in again, and when the browser says that something changed: brings the browser,
 * the server and what the person wants together. Offline it changes nothing.
 */
export async function keep(pushes: Pushes, permission: NotificationPermission): Promise<TurnedOn | null> {
  if (!(await recall(database, 'owner'))) {
    await drop(pushes)
    return null
  }
  if (permission !== 'granted' || !(await isWanted())) return null
  // One after the other: two tabs that start at once must not take each other's subscription away. Who waits here may
  // find that somebody has signed out meanwhile.
  return withSyncLock(async () => ((await isWanted()) ? subscribe(pushes, letGo) : null))
}

/** Whether this phone's member turned pushes on, and may have them still. */
async function isWanted(): Promise<boolean> {
  return (await mayHavePushes()) && (await recall(database, 'pushOn')) === true
}

/** Returns whether the server has what it was told. What it has let go of is dead: told again, it would be let go of again. */
async function letGo(pushes: Pushes): Promise<boolean> {
  const { subscribed } = await getStatus()
  if (!subscribed) await drop(pushes)
  return subscribed
}

const anew = (): Promise<boolean> => Promise.resolve(false)

async function subscribe(pushes: Pushes, isKnown: typeof letGo = anew): Promise<TurnedOn> {
  try {
    const whose = await whoIsHere()
    const known = await isKnown(pushes)
    const key = await getKey()
    const subscription = await subscriptionWith(pushes, key)
    if ((await whoIsHere()) !== whose) {
      // They signed out in the meantime: nothing of theirs stays, and the server is told nothing.
      await subscription.unsubscribe()
      return { outcome: 'signed-out' }
    }
    try {
      await tell(subscription, key, known)
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'endpoint-taken') throw error
      // Whoever was here before never got to say goodbye. A new one is nobody's.
      await subscription.unsubscribe()
      await tell(await subscriptionWith(pushes, key), key, false)
    }
    return { outcome: 'on' }
  } catch (error) {
    return outcomeOf(error)
  }
}

/** The subscription of this browser, made anew where it was made with another key. */
async function subscriptionWith(pushes: Pushes, key: string): Promise<PushSubscription> {
  const applicationServerKey = bytesOf(key)
  const before = await pushes.getSubscription()
  if (before !== null) {
    const known = before.options.applicationServerKey
    if (known !== null && textOf(known) === key) return before
    await before.unsubscribe()
  }
  return pushes.subscribe({ userVisibleOnly: true, applicationServerKey })
}

async function tell(subscription: PushSubscription, key: string, known: boolean): Promise<void> {
  const { endpoint, keys = {} } = subscription.toJSON()
  const { p256dh = '', auth = '' } = keys
  const told = { endpoint: endpoint ?? '', keys: { p256dh, auth }, key, zone: zoneHere() }
  const whole = JSON.stringify(told)
  if (known && (await recall(database, 'pushTold')) === whole) return
  await putSubscription(told)
  await save(database, [database.meta], () => remember(database, 'pushTold', whole))
}

function outcomeOf(error: unknown): TurnedOn {
  if (error instanceof StorageError) throw error
  if (error instanceof Unreachable) return { outcome: 'unreachable' }
  if (error instanceof Problem) {
    return error.status === 401 ? { outcome: 'signed-out' } : { outcome: 'refused', code: error.code }
  }
  // Whatever subscribe() throws: AbortError, InvalidStateError, NotAllowedError, and each browser means something else.
  return error instanceof DOMException && error.name === 'NotAllowedError'
    ? { outcome: 'denied' }
    : { outcome: 'no-service' }
}

async function keepOn(on: boolean): Promise<void> {
  await save(database, [database.meta], () => remember(database, 'pushOn', on || undefined))
}

const ignored = (): void => undefined
