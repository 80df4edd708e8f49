/** The outbox: numbers without gaps, batches of a size, and what to do when the numbers no longer hold. */

import { recall, remember, type Store } from '../store/database'
import { idFollowing, newId, randomId } from '../store/ids'
import type { KeptLine, NeedsLook, OutboxLine } from '../store/lines'
import { save } from '../store/saving'
import { allKinds } from './registry'
import { redraw, Touched } from './views'
import type { WireMutation } from './wire'

/** A batch holds this many at most … */
export const BATCH_COUNT = 100
/** … and this many bytes, unless one change alone is larger. */
export const BATCH_BYTES = 256 * 1024

const encoder = new TextEncoder()

/** The first changes that wait, as many as fit. Within a transaction over the outbox. */
export async function nextBatch(store: Store, most: number): Promise<WireMutation[]> {
  const lines = await store.outbox.orderBy('number').limit(Math.min(most, BATCH_COUNT)).toArray()
  const batch: WireMutation[] = []
  let bytes = 0
  for (const { number, id, name, args } of lines) {
    const mutation = { number, id, name, args }
    bytes += encoder.encode(JSON.stringify(mutation)).length + 1
    if (batch.length > 0 && bytes > BATCH_BYTES) break
    batch.push(mutation)
  }
  return batch
}

/**
 * A new device id, and everything that waits numbered from 1: after a restored backup, a cloned profile, a wiped
 * server. `first` are changes that have to be sent before those that wait. Within a transaction over meta and outbox.
 *
 * The new id follows from the old one and the first change that waits: two clones that both wait with the same
 * changes become the same device once more, and what the one has sent is not sent again by the other.
 */
export async function renumber(store: Store, first: readonly OutboxLine[] = []): Promise<void> {
  const waiting = await store.outbox.orderBy('number').toArray()
  const lines = [...first, ...waiting].map((line, index) => ({ ...line, number: index + 1 }))
  const before = await recall(store, 'device')
  const [foremost] = lines
  const id = before && foremost ? idFollowing(before.id, foremost.id) : randomId()
  await store.outbox.clear()
  await store.outbox.bulkAdd(lines)
  await remember(store, 'device', { id, next: lines.length + 1 })
  // The old device's refusals are nobody's to confirm any more.
  await remember(store, 'confirm', undefined)
}

/**
 * Takes a change that the server cannot even read out of the way of those behind it, to be looked at. The server
 * has never counted its number, so the rest gets new ones.
 */
export async function setAside(store: Store, id: string, reason: string, now: number): Promise<void> {
  const views = allKinds().map(({ table }) => table)
  const tables = [store.meta, store.outbox, store.needs_look, store.server_rows, ...views]
  await save(store, tables, async () => {
    const line = await store.outbox.where('id').equals(id).first()
    if (line === undefined) return
    const build = (await recall(store, 'serverBuild')) ?? ''
    await store.outbox.delete(line.number)
    await store.needs_look.put(lookAt(line, reason, now, build))
    await renumber(store)
    const touched = new Touched()
    touched.addOf(line)
    await redraw(store, touched)
  })
}

/** The line as it lies in "needs a look". */
export function lookAt(line: OutboxLine, reason: string, refusedAt: number, build: string): NeedsLook {
  const { id, name, args, savedAt } = line
  return { id, name, args, savedAt, reason, refusedAt, build }
}

/**
 * Another build of the server may know what the last one did not: sends those again, under new numbers.
 * Returns the lines it added. Within a transaction over meta, outbox and needs_look.
 */
export async function sendUnknownAgain(store: Store, build: string): Promise<OutboxLine[]> {
  const refused = await store.needs_look.orderBy('refusedAt').toArray()
  const again = refused.filter((line) => line.reason === 'unknown-mutation' && line.build !== build)
  const device = await recall(store, 'device')
  if (again.length === 0 || device === undefined) return []
  const lines = again.map(({ name, args, savedAt }, index) => ({
    number: device.next + index,
    id: newId(),
    name,
    args,
    savedAt,
  }))
  await store.outbox.bulkAdd(lines)
  await store.needs_look.bulkDelete(again.map(({ id }) => id))
  await remember(store, 'device', { id: device.id, next: device.next + lines.length })
  return lines
}

/**
 * The server was restored and knows this device up to `last` only: what it had acknowledged beyond that waits again.
 *
 * `lastOf` tells the same for the devices this store was before (after a renumbering); theirs go first, being older,
 * under new numbers. Within a transaction over meta, outbox and kept. Returns the lines that wait again.
 */
export async function unacknowledge(
  store: Store,
  deviceId: string,
  lastOf: ReadonlyMap<string, number>,
): Promise<KeptLine[]> {
  const lost = (await store.kept.orderBy('acknowledgedAt').toArray()).filter(
    ({ device, number }) => number > (lastOf.get(device) ?? Infinity),
  )
  const ours = lost.filter(({ device }) => device === deviceId).sort(byNumber)
  const earlier = lost.filter(({ device }) => device !== deviceId).sort(byDeviceAndNumber(lost))
  await store.kept.bulkDelete(lost.map(({ device, number }) => [device, number]))
  await store.outbox.bulkPut(ours.map(waitingAgain))
  const last = lastOf.get(deviceId) ?? 0
  if (earlier.length > 0 || !(await goesOnFrom(store, last))) {
    await renumber(store, earlier.map(waitingAgain))
  }
  return lost
}

/** Whether the numbers beyond `last` are last + 1, last + 2 … up to the next one to be given. */
async function goesOnFrom(store: Store, last: number): Promise<boolean> {
  const next = (await recall(store, 'device'))?.next ?? 1
  const beyond = await store.outbox.where('number').above(last).count()
  return last >= next - 1 || beyond === next - 1 - last
}

function waitingAgain({ number, id, name, args, savedAt }: OutboxLine): OutboxLine {
  return { number, id, name, args, savedAt }
}

function byNumber(one: OutboxLine, other: OutboxLine): number {
  return one.number - other.number
}

/** One device after the other, as they followed each other; within a device by number. */
function byDeviceAndNumber(lines: readonly KeptLine[]) {
  const order = [...new Set(lines.map(({ device }) => device))]
  return (one: KeptLine, other: KeptLine): number =>
    order.indexOf(one.device) - order.indexOf(other.device) || byNumber(one, other)
}
