/** What the list says once, after it ended with somebody: in this tab's memory only. */

import { whenErased } from '../../store/erased'

export interface Parted {
  how: 'end' | 'block'
  name: string
}

let last = $state.raw<Parted | null>(null)

export const parted = (): Parted | null => last

export function sayParted(parted: Parted): void {
  last = parted
}

export function saidParted(): void {
  last = null
}

whenErased(saidParted)
