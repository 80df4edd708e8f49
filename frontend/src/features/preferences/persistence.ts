/** Whether the browser keeps the store: what it answered when asked, otherwise what it says of itself now. */

import { derived, readable, type Readable } from 'svelte/store'

import { persistence as answered, type Persistence } from '../../store/persistence'

/** Looking asks nobody for anything: no prompt comes of it. */
const standing = readable<Persistence>('unknown', (set) => {
  void look().then(set)
})

export const persistence: Readable<Persistence> = derived([answered, standing], ([told, seen]) =>
  told === 'unknown' ? seen : told,
)

async function look(): Promise<Persistence> {
  try {
    return (await navigator.storage.persisted()) ? 'granted' : 'unknown'
  } catch {
    return 'unsupported'
  }
}
