/** Who wants a sync says so here; the push loop of this tab listens. */

const listeners = new Set<() => void>()

/** Something changed that the server should hear of soon. */
export function announce(): void {
  for (const listener of listeners) listener()
}

/** Calls `listener` at each announcement, until the returned function is called. */
export function onWanted(listener: () => void): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
