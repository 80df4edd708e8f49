/** Nobody who holds this phone next sees what the page still knew of the person before. */

import { whenErased } from '../../store/erased'
import { withdrawOffer } from '../../ui/undo.svelte'
import { forgetSearch } from '../check_ins/searched.svelte'
import { forgetCodes } from './fresh_codes.svelte'

export function forgetWithTheStore(): void {
  whenErased(() => {
    forgetCodes()
    forgetSearch()
    withdrawOffer()
  })
}
