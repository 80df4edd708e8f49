import { StorageBlocked, StorageFull } from '../store/errors'
import { words } from '../words'

/** What a person can do when saving failed. Whatever else went wrong is told like a storage that does not answer. */
export function storageAdvice(error: unknown): string {
  const { storage } = words().ui
  if (error instanceof StorageFull) return storage.full
  if (error instanceof StorageBlocked) return storage.blocked
  return storage.failed
}
