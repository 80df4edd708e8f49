/** Turning pushes on and off on this device, with every outcome in words. */

import { Problem, Unreachable } from '../../api/client'
import { StorageError } from '../../store/errors'
import { storageAdvice } from '../../ui/storage-advice'
import { words } from '../../words'
import { isBrave } from './browser'
import { getStatus } from './requests'
import { keep, turnOff, turnOn, type Pushes, type TurnedOn } from './subscription'

interface Branded {
  userAgentData?: { brands: readonly { brand: string }[] }
}

export class Turning {
  busy = $state(false)
  /** What came of it; null: nothing to be said. */
  said = $state<string | null>(null)

  /** In a tap: browsers ask the person only then. */
  async on(): Promise<void> {
    if (this.busy) return
    this.busy = true
    this.said = words().push.asking
    try {
      const asked = Notification.requestPermission()
      const turned = await turnOn(async () => {
        const permission = await asked
        if (permission === 'granted') this.said = words().push.working
        return permission
      }, pushesHere)
      this.said = sayTurned(turned)
    } catch (error) {
      if (!(error instanceof StorageError)) throw error
      this.said = storageAdvice(error)
    } finally {
      this.busy = false
    }
  }

  /** The server may have let go of this device: then it is told again. Offline nothing is said. */
  async check(): Promise<void> {
    try {
      if ((await getStatus()).subscribed) return
      const turned = await keep(await pushesHere(), Notification.permission)
      if (turned !== null && turned.outcome !== 'unreachable') this.said = sayTurned(turned)
    } catch (error) {
      if (!(error instanceof Unreachable || error instanceof Problem || error instanceof StorageError))
        throw error
    }
  }

  async off(): Promise<void> {
    if (this.busy) return
    this.busy = true
    this.said = null
    try {
      await turnOff(await pushesHere())
    } catch (error) {
      if (!(error instanceof StorageError)) throw error
      this.said = storageAdvice(error)
    } finally {
      this.busy = false
    }
  }
}

function sayTurned(turned: TurnedOn): string | null {
  return sayOutcome(turned, isBrave((navigator as Branded).userAgentData?.brands))
}

async function pushesHere(): Promise<Pushes> {
  return (await navigator.serviceWorker.ready).pushManager
}

/** Null where the screen itself shows what has come of it. */
export function sayOutcome(turned: TurnedOn, brave: boolean): string | null {
  const say = words().push.outcomes
  switch (turned.outcome) {
    case 'on':
    case 'denied':
      return null
    case 'no-service':
      return brave ? say.brave : say['no-service']
    case 'refused':
      return turned.code === 'endpoint-not-allowed' ? say['endpoint-not-allowed'] : say.refused(turned.code)
    case 'dismissed':
    case 'unreachable':
    case 'signed-out':
      return say[turned.outcome]
  }
}
