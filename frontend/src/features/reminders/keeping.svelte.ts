/** A setting that is saved at once; what the phone's storage said against it, in words. */

import { storageAdvice } from '../../ui/storage-advice'
import type { RemindingData } from './model'
import { setReminding } from './mutators'

export class Keeping {
  problem = $state<string | null>(null)

  /** True once it is safe on this phone. */
  async set(changes: Partial<RemindingData>): Promise<boolean> {
    this.problem = null
    try {
      await setReminding(changes)
      return true
    } catch (error) {
      this.problem = storageAdvice(error)
      return false
    }
  }
}
