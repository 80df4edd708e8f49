/** What can be synced. The features say it here; nothing else in sync/ knows a feature by name. */

/** A row as the screens read it: the server's, with the changes that wait replayed on top. */
export interface View {
  id: string
}

/** A kind of synced row and the table of its views. */
export interface SyncedKind<V extends View = View> {
  /** The server's name of it: "check_in". */
  kind: string
  /** The table of the store: "check_ins". */
  table: string
  /**
   * The view of a server row, in the space with this id and as of this version of it; null where this app cannot read
   * it (yet): then it is kept, but not shown.
   */
  fromServer(id: string, data: unknown, space: string, version?: number): V | null
}

/** A change on the phone's side: what the view looks like after it. Must give the same however often it is replayed. */
export interface Mutator<Args = unknown, V extends View = View> {
  /** As the server knows it: "check_ins.record". */
  name: string
  kind: string
  /** Which row it changes. */
  rowOf(args: Args): string
  /** Nothing in it was written by the person: there is nothing to look at when the space it belongs to is gone. */
  wordless?: true
  /** The view after the change; undefined where there is none (any more). */
  apply(view: V | undefined, args: Args): V | undefined
}

const kinds = new Map<string, SyncedKind>()
const mutators = new Map<string, Mutator>()

/** Makes a kind and its mutators known. */
export function register<V extends View>(kind: SyncedKind<V>, changes: readonly Mutator<never, V>[]): void {
  kinds.set(kind.kind, kind)
  for (const change of changes) mutators.set(change.name, change)
}

/** The kind, or undefined where this app does not know it (an older app with a newer server). */
export function kindOf(name: string): SyncedKind | undefined {
  return kinds.get(name)
}

/** The mutator, or undefined where this app no longer knows it (a change saved by another version). */
export function mutatorOf(name: string): Mutator | undefined {
  return mutators.get(name)
}

export function allKinds(): SyncedKind[] {
  return [...kinds.values()]
}
