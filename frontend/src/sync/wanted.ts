/** Who wants a sync says so here; the push loop of this tab listens. */

/** `wanted`: soon, a change waits. `hurried`: now, because something else has changed (who is signed in). */
export type Urgency = 'wanted' | 'hurried'

type Listener = (urgency: Urgency) => void

const listeners = new Set<Listener>()

export function announce(urgency: Urgency): void {
  for (const listener of listeners) listener(urgency)
}

/** Calls `listener` at each announcement, until the returned function is called. */
export function onWanted(listener: Listener): () => void {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}
