/**
 * A reply becomes what the phone knows, in one transaction or not at all.
 *
 * Everything is checked again inside it: if another tab, the worker or the person (signing out) changed the ground
 * since the request was made, nothing is applied; the numbers make asking again harmless.
 */

import { recall, remember, type Store } from '../store/database'
import type { KeptLine, Meta, ServerRow, StagedPage } from '../store/lines'
import { inPieces } from '../store/pieces'
import { save } from '../store/saving'
import { lookAt, sendUnknownAgain } from './outbox'
import { allKinds, mutatorOf } from './registry'
import { isReadable, redraw, Touched } from './views'
import type { OkReply, WireMutation, WireRow } from './wire'

const DAY = 24 * 3_600_000

/** Acknowledged changes are kept this long, for a server restored from an older backup. Milliseconds of `ageOf`. */
export const KEEP = 30 * DAY

/** Words to somebody who is gone stay this long in "needs a look". Milliseconds of `ageOf`. */
export const KEEP_UNSAID = 7 * DAY

/** The member is not (any more) in the space that the change belongs to. */
const GONE = 'not-yours'

/** What the request stood on. */
export interface Ground {
  device: string
  owner: string | null
  /** The stored cookie at the start of the pull. */
  cookie: Meta['cookie'] | undefined
}

/** Pages put aside until the last one has come. */
export interface Pull {
  id: string
  pages: number
}

/** What one exchange, of one or more pages, was about. */
export interface Exchanged {
  ground: Ground
  /** The staged pages that come before the last reply; null: there are none. */
  pull: Pull | null
  /** What was sent. */
  batch: readonly WireMutation[]
  /** The refusals that were confirmed. */
  confirmed: readonly number[]
}

/**
 * How old the store is in milliseconds of being in contact: between two contacts at most a day goes by, and something
 * always does. A clock that
 * jumps ahead a month must not throw away what was kept for a month.
 */
async function ageOf(store: Store, now: number): Promise<number> {
  const sinceLast = now - ((await recall(store, 'lastSyncedAt')) ?? now)
  return ((await recall(store, 'age')) ?? 0) + Math.min(Math.max(sinceLast, 1), DAY)
}

/** Every table that a reply may change. */
export function tablesOfSync(store: Store): string[] {
  const own = [store.meta, store.server_rows, store.outbox, store.kept, store.needs_look, store.staging]
  return [...own.map(({ name }) => name), ...allKinds().map(({ table }) => table)]
}

/** Puts a page aside until the last one has come. */
export async function stage(store: Store, pull: string, { whole, rows }: OkReply, at: number): Promise<void> {
  await save(store, [store.staging], () => store.staging.add({ pull, at, whole, rows }))
}

/** A pull takes seconds: older pages are of one that never came to an end. */
const ABANDONED = 10 * 60_000

/** Throws away the pages of pulls that never came to an end. */
export async function unstage(store: Store, now: number): Promise<void> {
  if ((await store.staging.count()) === 0) return
  await save(store, [store.staging], () =>
    store.staging.filter(({ at }) => Math.abs(now - at) > ABANDONED).delete(),
  )
}

/** Whether the store is still as it was when the request was made. Within a transaction over meta. */
export async function stillStands(store: Store, { device, owner, cookie }: Ground): Promise<boolean> {
  return (
    (await recall(store, 'device'))?.id === device &&
    ((await recall(store, 'owner'))?.id ?? null) === owner &&
    JSON.stringify(await recall(store, 'cookie')) === JSON.stringify(cookie)
  )
}

/** Applies the last reply and the pages staged before it. Returns how many changes it dealt with; null: the ground had moved. */
export async function apply(
  store: Store,
  { ground, pull, batch, confirmed }: Exchanged,
  reply: OkReply,
  now: number,
): Promise<number | null> {
  return save(store, tablesOfSync(store), async () => {
    if (!(await stillStands(store, ground))) return null
    const pages = pull === null ? [] : await stagedPages(store, pull)
    if (pages === null) return null
    const touched = new Touched()
    await dropGoneSpaces(store, reply, touched)
    const fresh = await putRows(store, [...pages, reply], reply, touched)
    const age = await ageOf(store, now)
    const dealtWith = await settleBatch(store, ground.device, batch, reply, { now, age }, touched)
    await noteRefusals(store, reply, confirmed)
    if (ground.owner !== null) {
      for (const line of await sendUnknownAgain(store, reply.build)) touched.addOf(line)
      await remember(store, 'session', 'signed-in')
    }
    await redraw(store, touched, fresh)
    await remember(store, 'spaces', reply.spaces)
    await remember(store, 'cookie', reply.cookie)
    await remember(store, 'epoch', reply.epoch)
    await remember(store, 'serverBuild', reply.build)
    await remember(store, 'lastSyncedAt', now)
    await remember(store, 'age', age)
    await store.staging.clear()
    await store.kept
      .where('acknowledgedAt')
      .below(age - KEEP)
      .delete()
    await store.needs_look.filter(({ goesAt }) => goesAt !== undefined && goesAt <= age).delete()
    return dealtWith
  })
}

/** The pages in their order, read one by one; null where they are not all there any more. */
async function stagedPages(store: Store, { id, pages }: Pull): Promise<StagedPage[] | null> {
  const keys = await store.staging.where('pull').equals(id).primaryKeys()
  const staged: StagedPage[] = []
  for (const key of keys.sort((one, other) => one - other)) {
    const page = await store.staging.get(key)
    if (page !== undefined) staged.push(page)
  }
  return staged.length === pages ? staged : null
}

/** Other people's rows go as soon as this phone is no longer a member. */
async function dropGoneSpaces(store: Store, { spaces }: OkReply, touched: Touched): Promise<void> {
  const here = new Set(spaces.map(({ id }) => id))
  const known = (await store.server_rows.orderBy('space').uniqueKeys()) as string[]
  await dropRows(
    store,
    known.filter((space) => !here.has(space)),
    touched,
  )
}

async function dropRows(store: Store, spaces: readonly string[], touched: Touched): Promise<void> {
  if (spaces.length === 0) return
  const rows = store.server_rows.where('space').anyOf(spaces)
  for (const [kind, , id] of await rows.primaryKeys()) touched.add(kind, id)
  await rows.delete()
}

/**
 * The pages in their order: a space named whole is all its rows from that page on, and nothing from before.
 * Returns the rows that were written.
 */
async function putRows(
  store: Store,
  pages: readonly { whole: string[]; rows: WireRow[] }[],
  { spaces }: OkReply,
  touched: Touched,
): Promise<ServerRow[]> {
  const here = new Set(spaces.map(({ id }) => id))
  const whole = new Set<string>()
  let latest = new Map<string, WireRow>()
  for (const page of pages) {
    if (page.whole.length > 0) {
      const anew = new Set(page.whole)
      latest = new Map([...latest].filter(([, row]) => !anew.has(row.space)))
      for (const space of anew) whole.add(space)
    }
    for (const row of page.rows) {
      if (here.has(row.space)) latest.set(JSON.stringify([row.kind, row.space, row.id]), row)
    }
  }
  await dropRows(store, [...whole], touched)
  const rows = [...latest.values()]
  for (const { kind, id } of rows) touched.add(kind, id)
  const gone = rows.filter(({ deleted }) => deleted)
  await store.server_rows.bulkDelete(gone.map(({ kind, space, id }) => [kind, space, id]))
  const written: ServerRow[] = []
  await inPieces(
    rows.filter(({ deleted }) => !deleted),
    async (piece) => {
      const read = piece.map(serverRow)
      written.push(...read)
      await store.server_rows.bulkPut(read)
    },
  )
  return written
}

function serverRow({ kind, space, id, version, data }: WireRow): ServerRow {
  const row: ServerRow = { kind, space, id, version, data }
  return isReadable(row) ? row : { ...row, unread: 1 }
}

/**
 * What the server has dealt with leaves the outbox: to be kept for 30 days, or to be looked at where it was refused.
 *
 * Only what was sent in this exchange can be taken for acknowledged: a lower number that was never compared might be
 * another change of a clone of this store.
 */
async function settleBatch(
  store: Store,
  device: string,
  batch: readonly WireMutation[],
  { last, refusals, build }: OkReply,
  { now, age }: { now: number; age: number },
  touched: Touched,
): Promise<number> {
  const reasons = new Map(refusals.map(({ number, id, reason }) => [`${number} ${id}`, reason]))
  const kept: KeptLine[] = []
  let dealtWith = 0
  for (const { number, id } of batch) {
    if (number > last) continue
    const line = await store.outbox.get(number)
    if (line?.id !== id) continue
    dealtWith += 1
    touched.addOf(line)
    await store.outbox.delete(number)
    const reason = reasons.get(`${number} ${id}`)
    if (reason === undefined) kept.push({ ...line, device, acknowledgedAt: age })
    else if (reason !== GONE) await store.needs_look.put(lookAt(line, reason, now, build))
    else if (!mutatorOf(line.name)?.wordless)
      await store.needs_look.put({ ...lookAt(line, reason, now, build), goesAt: age + KEEP_UNSAID })
  }
  await store.kept.bulkPut(kept)
  return dealtWith
}

/**
 * Whatever the server still reports about numbers of ours is by now looked after here: to be confirmed next time.
 * A number that we never gave belongs to a clone of this store, which has not seen it yet.
 */
async function noteRefusals(
  store: Store,
  { refusals }: OkReply,
  confirmed: readonly number[],
): Promise<void> {
  const next = (await recall(store, 'device'))?.next ?? 1
  const waiting = new Set(await store.outbox.toCollection().primaryKeys())
  const told = new Set(confirmed)
  const before = ((await recall(store, 'confirm')) ?? []).filter((number) => !told.has(number))
  const reported = refusals
    .map(({ number }) => number)
    .filter((number) => number < next && !waiting.has(number) && !told.has(number))
  const numbers = new Set([...before, ...reported])
  await remember(store, 'confirm', numbers.size > 0 ? [...numbers] : undefined)
}
