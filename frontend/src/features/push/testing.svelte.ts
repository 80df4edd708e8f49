/** "Send me a test": how long a push takes from the server to this phone, or that none has come. */

import { Problem, Unreachable } from '../../api/client'
import { locale, words } from '../../words'
import { roundTrip } from './status'

export class Testing {
  busy = $state(false)
  said = $state<string | null>(null)

  async run(): Promise<void> {
    if (this.busy) return
    this.busy = true
    this.said = words().push.test.waiting
    try {
      const seconds = await roundTrip()
      const say = words().push.test
      this.said = seconds === null ? say.missing : say.arrived(saySeconds(seconds))
    } catch (error) {
      this.said = sayTrouble(error)
    } finally {
      this.busy = false
    }
  }
}

function sayTrouble(error: unknown): string {
  const { test, outcomes } = words().push
  if (error instanceof Unreachable) return outcomes.unreachable
  if (!(error instanceof Problem)) throw error
  if (error.status === 429) return test.tooMany(Math.max(1, Math.ceil((error.retryAfter ?? 60) / 60)))
  return error.status === 401 ? outcomes['signed-out'] : test.notHere
}

/** "1.4 seconds" */
function saySeconds(seconds: number): string {
  return new Intl.NumberFormat(locale(), {
    style: 'unit',
    unit: 'second',
    unitDisplay: 'long',
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  }).format(seconds)
}
