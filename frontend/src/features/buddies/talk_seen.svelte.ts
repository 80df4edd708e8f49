/** While a conversation is looked at: what is seen is said, where that is wanted, and its notifications have done their work. */

import { live } from '../../store/live'
import { whatStands } from '../push/lock_screen'
import { attachedTo } from '../push/notice'
import type { Pair } from './model'
import { mark } from './talk_mutators'
import { findChoices, gotIn } from './talk_queries'

/** From within a component, as long as that stands. */
export function seeing(pair: () => Pair): void {
  $effect(() => {
    const looked = pair()
    const look = (): void => {
      if (document.visibilityState === 'visible') void takeDown(looked.id).catch(() => undefined)
    }
    const stop = live(() => unseen(looked)).subscribe((has) => {
      look()
      if (has) void say(looked, has)
    })
    const returned = (): void => {
      look()
      void unseen(looked).then((has) => (has ? say(looked, has) : undefined), ignored)
    }
    document.addEventListener('visibilitychange', returned)
    return () => {
      stop()
      document.removeEventListener('visibilitychange', returned)
    }
  })
}

/** Up to which version something was seen here that the other may know of and does not; 0: nothing. */
async function unseen(pair: Pair): Promise<number> {
  const { showSeen } = await findChoices(pair)
  const { has, seen } = await gotIn(pair)
  return showSeen && has > seen ? has : 0
}

async function say(pair: Pair, has: number): Promise<void> {
  // A screen that nobody looks at has not been seen.
  if (document.visibilityState === 'visible') await mark(pair.id, has, has).catch(ignored)
}

async function takeDown(pair: string): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  const registration = await navigator.serviceWorker.getRegistration()
  if (registration === undefined) return
  for (const notification of await whatStands(registration)) {
    if (attachedTo(notification).path === `/buddies/${pair}`) notification.close()
  }
}

const ignored = (): void => undefined
