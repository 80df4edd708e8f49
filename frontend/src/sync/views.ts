/** What the screens read: the server's rows, with the changes that wait replayed on top, in order. */

import type { Store } from '../store/database'
import { recall, remember } from '../store/database'
import type { OutboxLine, ServerRow } from '../store/lines'
import { inPieces } from '../store/pieces'
import { allKinds, kindOf, mutatorOf, type View } from './registry'

/** Rows whose views have to be made again. */
export class Touched {
  readonly #ids = new Map<string, Set<string>>()

  add(kind: string, id: string): void {
    const ids = this.#ids.get(kind)
    if (ids === undefined) this.#ids.set(kind, new Set([id]))
    else ids.add(id)
  }

  /** The row that a change is about, where this app knows the change. */
  addOf(change: { name: string; args: unknown }): void {
    const row = rowOf(change)
    if (row !== null) this.add(row.kind, row.id)
  }

  *[Symbol.iterator](): IterableIterator<[kind: string, ids: Set<string>]> {
    yield* this.#ids
  }
}

/**
 * Makes the views of these rows again. `fresh` are rows that were just written, to be spared the reading.
 * Within a read-write transaction over server_rows, outbox and the views.
 */
export async function redraw(
  store: Store,
  touched: Touched,
  fresh: readonly ServerRow[] = [],
): Promise<void> {
  const waiting = await waitingByRow(store)
  for (const [name, ids] of touched) {
    const kind = kindOf(name)
    if (kind === undefined) continue
    const views = store.table<View, string>(kind.table)
    const bases = await serverRows(store, name, ids, fresh)
    await inPieces([...ids], async (piece) => {
      const changed: View[] = []
      const gone: string[] = []
      for (const id of piece) {
        const base = bases.get(id)
        const read = base === undefined ? null : kind.fromServer(id, base.data, base.space, base.version)
        const view = replay(read ?? undefined, waiting.get(keyOf(name, id)) ?? [])
        if (view === undefined) gone.push(id)
        else changed.push(view)
      }
      await views.bulkDelete(gone)
      await views.bulkPut(changed)
    })
  }
}

/** Whether this app can read what the server sent. */
export function isReadable({ kind, space, id, data }: ServerRow): boolean {
  return (kindOf(kind)?.fromServer(id, data, space) ?? null) !== null
}

/**
 * After an update of the app: shows what the last one could not read, or makes all views again when an upgrade of
 * the store asked for it. Runs before anything else reads the store.
 */
export async function refreshViews(store: Store, build: string): Promise<void> {
  const made = await recall(store, 'viewsBuild')
  if (made === build) return
  const views = allKinds().map(({ table }) => table)
  await store.transaction('rw', [store.meta, store.server_rows, store.outbox, ...views], async () => {
    const touched = new Touched()
    if (made === undefined) {
      for (const table of views) await store.table(table).clear()
      await store.server_rows.each((row) => touched.add(row.kind, row.id))
      await store.outbox.each((line) => touched.addOf(line))
    } else {
      const unread = await store.server_rows.where('unread').equals(1).toArray()
      const readable = unread.filter(isReadable)
      for (const { unread: _unread, ...row } of readable) {
        await store.server_rows.put(row)
        touched.add(row.kind, row.id)
      }
    }
    await redraw(store, touched)
    await remember(store, 'viewsBuild', build)
  })
}

function replay(base: View | undefined, lines: readonly OutboxLine[]): View | undefined {
  let view = base
  for (const { name, args } of lines) {
    const mutator = mutatorOf(name)
    if (mutator === undefined) continue
    try {
      view = mutator.apply(view, args)
    } catch {
      // Arguments that another version of the app saved: the server will say; nothing must stop for it here.
    }
  }
  return view
}

async function waitingByRow(store: Store): Promise<Map<string, OutboxLine[]>> {
  const byRow = new Map<string, OutboxLine[]>()
  for (const line of await store.outbox.orderBy('number').toArray()) {
    const row = rowOf(line)
    if (row === null) continue
    const key = keyOf(row.kind, row.id)
    const lines = byRow.get(key)
    if (lines === undefined) byRow.set(key, [line])
    else lines.push(line)
  }
  return byRow
}

/** A thousand rows are faster read in one sweep than picked one by one. */
const SWEEP = 1_000

async function serverRows(
  store: Store,
  kind: string,
  ids: ReadonlySet<string>,
  fresh: readonly ServerRow[],
): Promise<Map<string, ServerRow>> {
  const known = new Map(fresh.filter((row) => row.kind === kind).map((row) => [row.id, row]))
  const missing = [...ids].filter((id) => !known.has(id))
  const rows =
    missing.length > SWEEP
      ? await store.server_rows.where('[kind+space+id]').between([kind], [kind, []]).toArray()
      : await store.server_rows
          .where('[kind+id]')
          .anyOf(missing.map((id) => [kind, id]))
          .toArray()
  for (const row of rows) known.set(row.id, row)
  return known
}

function rowOf({ name, args }: { name: string; args: unknown }): { kind: string; id: string } | null {
  const mutator = mutatorOf(name)
  if (mutator === undefined) return null
  try {
    return { kind: mutator.kind, id: mutator.rowOf(args) }
  } catch {
    return null
  }
}

function keyOf(kind: string, id: string): string {
  return `${kind}\0${id}`
}
