/** Background Sync: the browser wakes the worker once there is a network, even with no tab open. Chromium only. */

/** The tag that the worker listens for. */
export const OUTBOX_TAG = 'outbox'

interface SyncingRegistration {
  sync?: { register(tag: string): Promise<void> }
}

let held = false

/** From now on the worker is left alone: it is about to go. What waits, the next one sends. */
export function holdBackgroundSync(): void {
  held = true
}

/** Asks to be woken. Where the browser has none, or refuses, the next open tab sends. */
export async function askForBackgroundSync(): Promise<void> {
  if (held) return
  try {
    const workers = 'serviceWorker' in navigator ? navigator.serviceWorker : undefined
    const registration = (await workers?.getRegistration()) as SyncingRegistration | undefined
    await registration?.sync?.register(OUTBOX_TAG)
  } catch {
    // Saved it is all the same.
  }
}
