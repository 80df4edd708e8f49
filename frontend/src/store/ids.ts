/** Names for things, made on the phone. */

import { v4, v5, v7 } from 'uuid'

/** A UUIDv7: sorts by when it was made. */
export function newId(): string {
  return v7()
}

/** A UUIDv4, for what should tell nothing about when it was made. */
export function randomId(): string {
  return v4()
}

/** A UUIDv5: the same for the same two, and no other. */
export function idFollowing(id: string, name: string): string {
  return v5(name, id)
}
