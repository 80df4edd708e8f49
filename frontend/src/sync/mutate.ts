/** The one way to change something of one's own: the view and the outbox together, or neither. */

import { database, recall, remember, type Store } from '../store/database'
import { newId, randomId } from '../store/ids'
import { forgetLastWords } from '../store/last_words'
import type { Device } from '../store/lines'
import { askToPersist } from '../store/persistence'
import { save } from '../store/saving'
import { clean } from '../store/text'
import { askForBackgroundSync } from './background'
import { kindOf, mutatorOf, type Mutator, type SyncedKind, type View } from './registry'
import { announce } from './wanted'

/** What happens in the same transaction, before the change itself. */
export interface Along {
  /** The tables that it touches. */
  tables: readonly string[]
  /** False: then the change is not made. */
  work(store: Store, args: unknown): Promise<boolean>
}

export interface MutateOptions {
  /** The draft that this change was made from: forgotten in the same breath. */
  draft?: string
  /** The line of "needs a look" that this change sends again. */
  insteadOf?: string
  /** Only where what it makes is not there yet: asked for twice, even at the same instant, it is done once. */
  once?: boolean
  /** Not asked for where `once` finds it done. */
  along?: Along
}

/** Saves the change on this phone. Resolves when it is safe; throws StorageFull, StorageBlocked or StorageFailed. */
export async function mutate(name: string, args: unknown, options: MutateOptions = {}): Promise<void> {
  await mutateIn(database, name, args, options)
  if (options.draft !== undefined) forgetLastWords(options.draft)
  void askToPersist()
  void askForBackgroundSync()
  announce('wanted')
}

/** The same in a given store, without telling anybody. */
export async function mutateIn(
  store: Store,
  name: string,
  args: unknown,
  { draft, insteadOf, once = false, along }: MutateOptions = {},
): Promise<void> {
  const { mutator, kind } = known(name)
  const safe = clean(args)
  const tables = [store.meta, store.outbox, store.drafts, store.needs_look, store.table(kind.table)]
  await save(store, [...tables, ...(along?.tables ?? []).map((name) => store.table(name))], async () => {
    if (once && (await store.table(kind.table).get(mutator.rowOf(safe))) !== undefined) return
    if (along !== undefined && !(await along.work(store, safe))) return
    const device = await ownDevice(store)
    await store.outbox.add({ number: device.next, id: newId(), name, args: safe, savedAt: Date.now() })
    await remember(store, 'device', { id: device.id, next: device.next + 1 })
    await changeView(store, kind, mutator, safe)
    if (draft !== undefined) await store.drafts.delete(draft)
    if (insteadOf !== undefined) await store.needs_look.delete(insteadOf)
  })
}

/** This store's device id and counter, made at the first use. Within a transaction over meta. */
export async function ownDevice(store: Store): Promise<Device> {
  const device = await recall(store, 'device')
  if (device !== undefined) return device
  const fresh = { id: randomId(), next: 1 }
  await remember(store, 'device', fresh)
  return fresh
}

async function changeView(store: Store, kind: SyncedKind, mutator: Mutator, args: unknown): Promise<void> {
  const views = store.table<View, string>(kind.table)
  const id = mutator.rowOf(args)
  const changed = mutator.apply(await views.get(id), args)
  if (changed === undefined) await views.delete(id)
  else await views.put(changed)
}

function known(name: string): { mutator: Mutator; kind: SyncedKind } {
  const mutator = mutatorOf(name)
  const kind = mutator && kindOf(mutator.kind)
  if (mutator === undefined || kind === undefined) throw new Error(`No feature has registered ${name}.`)
  return { mutator, kind }
}
