/** Names for things, made on the phone. */

import { v4, v7 } from 'uuid'

/** A UUIDv7: sorts by when it was made. */
export function newId(): string {
  return v7()
}

/** A UUIDv4, for what should tell nothing about when it was made. */
export function randomId(): string {
  return v4()
}
