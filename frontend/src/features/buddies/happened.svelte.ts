/** What the list says once, after it began or ended with somebody: in this tab's memory only. */

import { whenErased } from '../../store/erased'

export interface Happened {
  what: 'begun' | 'ended' | 'blocked'
  name: string
}

let last = $state.raw<Happened | null>(null)

export const happened = (): Happened | null => last

export function sayHappened(what: Happened): void {
  last = what
}

export function saidHappened(): void {
  last = null
}

whenErased(saidHappened)
