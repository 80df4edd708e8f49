/** Why something could not be saved on this phone: three cases, because a person can do three different things. */

/** Base of the three; `cause` is what the browser said. */
export abstract class StorageError extends Error {
  abstract readonly code: 'storage-full' | 'storage-blocked' | 'storage-failed'
}

/** The phone has no room left: the person can free some. */
export class StorageFull extends StorageError {
  override readonly name = 'StorageFull'
  readonly code = 'storage-full'
}

/** Another tab holds an older or newer version of the store: the person can close or reload it. */
export class StorageBlocked extends StorageError {
  override readonly name = 'StorageBlocked'
  readonly code = 'storage-blocked'
}

/** The browser refuses or broke its storage (private windows, damaged profiles). */
export class StorageFailed extends StorageError {
  override readonly name = 'StorageFailed'
  readonly code = 'storage-failed'
}

/** How much of the allowance is taken, in bytes; what `navigator.storage.estimate()` answers. */
export interface Room {
  usage: number
  quota: number
}

const FULL_NAMES = new Set(['QuotaExceededError', 'QuotaExceeded', 'NS_ERROR_FILE_NO_DEVICE_SPACE'])
/** Near the quota browsers also say these; they mean "full" only when there is hardly any room. */
const PERHAPS_FULL_NAMES = new Set(['AbortError', 'InvalidStateError', 'UnknownError'])
const BLOCKED_NAMES = new Set(['DatabaseClosedError', 'VersionError', 'VersionChangeError', 'BlockedError'])
const HARDLY_ANY_ROOM = 10 * 1024 * 1024

/** What the browser's error means for the person. Looks through Dexie's wrapping; `room` is null where unknown. */
export function storageErrorOf(error: unknown, room: Room | null): StorageError {
  if (error instanceof StorageError) return error
  const names = namesWithin(error)
  if (names.some((name) => FULL_NAMES.has(name))) return new StorageFull('', { cause: error })
  if (names.some((name) => BLOCKED_NAMES.has(name))) return new StorageBlocked('', { cause: error })
  const nearlyFull = room !== null && room.quota - room.usage < Math.min(HARDLY_ANY_ROOM, room.quota / 10)
  if (nearlyFull && names.some((name) => PERHAPS_FULL_NAMES.has(name))) {
    return new StorageFull('', { cause: error })
  }
  return new StorageFailed('', { cause: error })
}

function namesWithin(error: unknown): string[] {
  const names: string[] = []
  const seen = new Set<unknown>()
  let at: unknown = error
  while (typeof at === 'object' && at !== null && !seen.has(at)) {
    seen.add(at)
    if ('name' in at && typeof at.name === 'string') names.push(at.name)
    const inner = 'inner' in at ? at.inner : undefined
    at = inner ?? ('cause' in at ? at.cause : undefined)
  }
  return names
}

/** How much room the browser leaves us; null where it does not say. */
export async function askRoom(): Promise<Room | null> {
  try {
    const { usage, quota } = await navigator.storage.estimate()
    return usage === undefined || quota === undefined ? null : { usage, quota }
  } catch {
    return null
  }
}
