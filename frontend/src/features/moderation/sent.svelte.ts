/** What the list of reports says once, after one was sent: in this tab's memory only. */

import { whenErased } from '../../store/erased'
import type { Ending } from './model'

export interface Sent {
  worried: boolean
  end: Ending
  name: string
}

let last = $state.raw<Sent | null>(null)

export const sent = (): Sent | null => last

export function saySent(now: Sent): void {
  last = now
}

export function saidSent(): void {
  last = null
}

whenErased(saidSent)
