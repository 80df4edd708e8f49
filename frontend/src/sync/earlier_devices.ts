/** A restored server is asked how far it knows the devices that this store was before its numbers were put right. */

import { ask } from './answers'
import type { Ground } from './apply'
import type { World } from './exchange'
import type { SyncRequest } from './wire'

/** Up to which number it knows each of them, by their ids; null: it did not say. */
export async function askOfEarlierDevices(
  { store, peer, build, now }: World,
  { device, owner, cookie }: Ground,
): Promise<Map<string, number> | null> {
  const lastOf = new Map<string, number>()
  const kept = await store.kept.toCollection().primaryKeys()
  for (const earlier of new Set(kept.map(([id]) => id))) {
    if (earlier === device) continue
    const request: SyncRequest = {
      device: earlier,
      owner,
      build,
      sentAt: new Date(now()).toISOString(),
      // The cookie of the old database: answered with `last` and no rows.
      cookie: cookie ?? null,
      mutations: [],
      confirmed: [],
    }
    const answer = await ask(peer, JSON.stringify(request))
    if (answer.kind !== 'reply') return null
    lastOf.set(earlier, answer.reply.last)
  }
  return lastOf
}
