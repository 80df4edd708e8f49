/** What the list of reports says once, after one was sent: in this tab's memory only. */

import { whenErased } from '../../store/erased'
import type { Ending, Report } from './model'

export interface Sent {
  /** Of the report. */
  id: string
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

/** How a report stands that was sent; `refused`: neither on its way nor on the server. */
export function stateOf({ id }: Sent, reports: readonly Report[]): 'waits' | 'there' | 'refused' {
  const report = reports.find((one) => one.id === id)
  if (report === undefined) return 'refused'
  return report.state === 'waiting' ? 'waits' : 'there'
}

whenErased(saidSent)
