/** What the server refused stays here, with the reason and the words, until somebody has looked at it. */

import { database } from '../store/database'
import { live, type Live } from '../store/live'
import type { NeedsLook, OutboxLine } from '../store/lines'
import { save } from '../store/saving'
import { mutate } from './mutate'

/** All of them, the latest first. */
export function needsLook(): Live<NeedsLook[]> {
  return live(() => database.needs_look.orderBy('refusedAt').reverse().toArray())
}

/** What waits to be sent, in order. */
export function waitingChanges(): Live<OutboxLine[]> {
  return live(() => database.outbox.orderBy('number').toArray())
}

/** Sends it again with changed arguments, as a new change. Throws a StorageError. */
export async function sendAgain(id: string, args: unknown): Promise<void> {
  const line = await database.needs_look.get(id)
  if (line === undefined) return
  await mutate(line.name, args, { insteadOf: id })
}

/** Throws it away: the screen has asked. */
export async function discard(id: string): Promise<void> {
  await save(database, [database.needs_look], () => database.needs_look.delete(id))
}
