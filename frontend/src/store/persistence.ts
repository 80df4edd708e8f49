/** Whether the browser has promised not to erase the store by itself. */

import { writable, type Readable } from 'svelte/store'

import { database, recall, remember } from './database'

/** `unknown` until the browser has said. */
export type Persistence = 'unknown' | 'granted' | 'refused' | 'unsupported'

const answer = writable<Persistence>('unknown')

/** What the browser answered, for the screens. */
export const persistence: Readable<Persistence> = answer

/** Firefox asks the person each time: once a week is enough. Milliseconds. */
const ASK_AGAIN = 7 * 24 * 3_600_000

/** Not everywhere: a worker cannot ask. */
interface Asking {
  storage?: Partial<Pick<StorageManager, 'persisted'> & { persist(): Promise<boolean> }>
}

const { storage }: Asking = navigator

let asked = false

/** Asks the browser for it. After something was saved: by then the person has shown that they mean it. */
export async function askToPersist(): Promise<void> {
  if (asked || storage?.persist === undefined) return
  asked = true
  try {
    answer.set((await isGranted()) ? 'granted' : 'refused')
  } catch {
    // What is saved is saved all the same.
    answer.set('unsupported')
  }
}

async function isGranted(): Promise<boolean> {
  if (await storage?.persisted?.()) return true
  const before = (await recall(database, 'askedToPersist')) ?? -Infinity
  const now = Date.now()
  if (Math.abs(now - before) < ASK_AGAIN) return false
  await remember(database, 'askedToPersist', now)
  return (await storage?.persist?.()) ?? false
}
