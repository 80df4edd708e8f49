/**
 * The other end of the wire, as an executable specification: what POST /api/sync does, in memory and in few lines.
 *
 * Not a stand-in for code of ours on the phone, but the network peer that the phone is tested against. The real
 * server can take its place: see `Peer` in ../answers.
 */

import type { RawReply } from '../../api/client'
import { idOfKey } from '../../features/preferences/kind'
import type { SyncRequest, WireMutation, WireRefusal, WireRow } from '../wire'

interface DeviceRecord {
  last: number
  ids: Map<number, string>
  refusals: Map<number, WireRefusal>
  fault: { number: number; attempts: number } | null
}

interface SpaceRecord {
  id: string
  kind: string
  version: number
  /** Highest version of a tombstone that was pruned. */
  floor: number
  rows: Map<string, WireRow>
}

/** Everything that a backup would hold. */
interface State {
  epoch: string
  spaces: Map<string, SpaceRecord>
  devices: Map<string, DeviceRecord>
  /** The ids of the changes that were applied, in order. */
  applied: string[]
}

/** Who is signed in on the phone that asks; null: nobody. */
export interface Session {
  account: string
  ended?: 'signed-out' | 'device-ended'
}

type Run = (space: SpaceRecord, args: Record<string, unknown>, sentAt: number) => void

class Refused extends Error {}
/** An exception nobody expected. */
class Broken extends Error {}

interface Cookie {
  epoch: string
  spaces: Record<string, { version: number; floor: number }>
}

export class ModelServer {
  build = 'server-1'
  pageSize = 3
  #state: State
  #epochs = 0
  readonly #known: Map<string, Run>
  /** Names this build does not know yet. */
  readonly unknown = new Set<string>()
  /** Names of changes to spaces that the member is in no more. */
  readonly gone = new Set<string>()

  constructor() {
    this.#state = { epoch: this.#newEpoch(), spaces: new Map(), devices: new Map(), applied: [] }
    this.#addSpace('library', 'library')
    this.#known = new Map<string, Run>([
      ['check_ins.record', record],
      ['check_ins.edit', edit],
      ['check_ins.delete', remove],
      ['preferences.set', setPreference],
    ])
  }

  get applied(): readonly string[] {
    return this.#state.applied
  }

  addAccount(account: string): void {
    this.#addSpace(journalOf(account), 'journal')
  }

  backup(): State {
    return structuredClone(this.#state)
  }

  /** From an older backup: a new epoch, and nothing of what came after it. */
  restore(backup: State): void {
    this.#state = structuredClone(backup)
    this.#state.epoch = this.#newEpoch()
  }

  /** Forgets what was deleted: phones that have not heard of it get the space whole. */
  prune(): void {
    for (const space of this.#state.spaces.values()) {
      for (const [key, row] of space.rows) {
        if (!row.deleted) continue
        space.floor = Math.max(space.floor, row.version)
        space.rows.delete(key)
      }
    }
  }

  /** The rows a member can read, without the deleted ones. */
  rowsOf(account: string): WireRow[] {
    return this.#spacesOf(account).flatMap(({ rows }) => [...rows.values()].filter(({ deleted }) => !deleted))
  }

  /** Answers a request, or a problem, as JSON. */
  answer(body: string, session: Session | null): RawReply {
    const request = JSON.parse(body) as SyncRequest
    if (session?.ended !== undefined && (request.owner !== null || session.ended === 'device-ended'))
      return problem(401, session.ended)
    const account = session?.ended === undefined ? (session?.account ?? null) : null
    if (account === null && request.owner !== null) return problem(401, 'signed-out')
    if (account !== null && request.owner === null) return problem(409, 'store-without-owner')
    if (account !== request.owner) return problem(409, 'another-account')
    const numbers = request.mutations.map(({ number }) => number)
    if (numbers.some((number, index) => index > 0 && number !== (numbers[index - 1] ?? 0) + 1)) {
      return problem(400, 'mutations-out-of-order')
    }
    return json(200, account === null ? this.#pull(request, null) : this.#sync(request, account))
  }

  #sync(request: SyncRequest, account: string): unknown {
    const cookie = request.cookie as Cookie | null
    const device = this.#device(account, request.device)
    const { epoch } = this.#state
    const nothing = { epoch, build: this.build, last: device.last }
    if (cookie !== null && cookie.epoch !== epoch) return { ...nothing, outcome: 'epoch-changed' }
    const [first] = request.mutations
    if (first !== undefined && first.number > device.last + 1) return { ...nothing, outcome: 'gap' }
    for (const { number, id } of request.mutations) {
      if (number <= device.last && device.ids.get(number) !== id) return { ...nothing, outcome: 'forked' }
    }
    for (const number of request.confirmed) device.refusals.delete(number)
    const fault = this.#push(request, account, device)
    return { ...this.#pull(request, account), fault }
  }

  #push(request: SyncRequest, account: string, device: DeviceRecord): DeviceRecord['fault'] {
    for (const mutation of request.mutations) {
      const { number, id, name } = mutation
      if (number <= device.last) continue
      try {
        this.#run(mutation, account, Date.parse(request.sentAt))
      } catch (error) {
        if (error instanceof Broken) {
          const attempts = device.fault?.number === number ? device.fault.attempts + 1 : 1
          device.fault = { number, attempts }
          if (attempts < 3) return device.fault
        }
        const reason = error instanceof Refused ? error.message : 'server-fault'
        device.refusals.set(number, { number, id, name, reason })
      }
      device.last = number
      device.ids.set(number, id)
    }
    return null
  }

  #run({ id, name, args }: WireMutation, account: string, sentAt: number): void {
    if (this.gone.has(name)) throw new Refused('not-yours')
    const run = this.#known.get(name)
    if (run === undefined || this.unknown.has(name)) throw new Refused('unknown-mutation')
    const space = this.#state.spaces.get(journalOf(account))
    if (space === undefined) throw new Refused('not-yours')
    run(space, args as Record<string, unknown>, sentAt)
    this.#state.applied.push(id)
  }

  #pull(request: SyncRequest, account: string | null) {
    const known = (request.cookie as Cookie | null)?.spaces ?? {}
    const device = account === null ? null : this.#device(account, request.device)
    const cookie: Cookie = { epoch: this.#state.epoch, spaces: {} }
    const whole: string[] = []
    const rows: WireRow[] = []
    let more = false
    for (const space of this.#spacesOf(account)) {
      const before = known[space.id]
      const goesOn =
        before !== undefined &&
        before.version <= space.version &&
        (before.version >= space.floor || before.floor === space.floor)
      if (more || (rows.length >= this.pageSize && !(goesOn && before.version === space.version))) {
        // Behind the cut: not begun.
        more = true
        if (goesOn) cookie.spaces[space.id] = before
        continue
      }
      if (!goesOn) whole.push(space.id)
      const newer = [...space.rows.values()]
        .filter(({ version }) => version > (goesOn ? before.version : 0))
        .sort((one, other) => one.version - other.version)
      const fitting = newer.slice(0, this.pageSize - rows.length)
      more = fitting.length < newer.length
      rows.push(...fitting)
      const reached = more ? (fitting.at(-1)?.version ?? (goesOn ? before.version : 0)) : space.version
      cookie.spaces[space.id] = { version: reached, floor: space.floor }
    }
    return {
      epoch: this.#state.epoch,
      build: this.build,
      outcome: 'ok',
      last: device?.last ?? 0,
      refusals: [...(device?.refusals.values() ?? [])],
      fault: null,
      spaces: this.#spacesOf(account).map(({ id, kind }) => ({ id, kind, role: 'owner' })),
      whole,
      rows,
      cookie,
      more,
    }
  }

  #device(account: string, id: string): DeviceRecord {
    const key = `${account} ${id}`
    const device = this.#state.devices.get(key) ?? {
      last: 0,
      ids: new Map(),
      refusals: new Map(),
      fault: null,
    }
    this.#state.devices.set(key, device)
    return device
  }

  #spacesOf(account: string | null): SpaceRecord[] {
    return [...this.#state.spaces.values()].filter(
      ({ id, kind }) => kind === 'library' || (account !== null && id === journalOf(account)),
    )
  }

  #addSpace(id: string, kind: string): void {
    this.#state.spaces.set(id, { id, kind, version: 0, floor: 0, rows: new Map() })
  }

  #newEpoch(): string {
    this.#epochs += 1
    return `epoch-${this.#epochs}`
  }
}

export function journalOf(account: string): string {
  return `journal-of-${account}`
}

export function json(status: number, body: unknown): RawReply {
  return { status, type: 'application/json', retryAfter: null, text: JSON.stringify(body) }
}

export function problem(status: number, code: string): RawReply {
  return { ...json(status, { status, code, detail: code }), type: 'application/problem+json' }
}

function write(space: SpaceRecord, kind: string, id: string, data: unknown): void {
  space.version += 1
  const row = { kind, space: space.id, id, version: space.version, deleted: data === null, data }
  space.rows.set(`${kind} ${id}`, row)
}

const record: Run = (space, { id, ...data }, sentAt) => {
  check(data, sentAt)
  write(space, 'check_in', id as string, data)
}

const edit: Run = (space, { id, ...changes }, sentAt) => {
  const row = space.rows.get(`check_in ${id as string}`)
  if (row === undefined || row.deleted) throw new Refused('gone')
  check(changes, sentAt)
  write(space, 'check_in', id as string, { ...(row.data as object), ...changes })
}

const remove: Run = (space, { id }) => {
  const row = space.rows.get(`check_in ${id as string}`)
  if (row !== undefined && !row.deleted) write(space, 'check_in', id as string, null)
}

const setPreference: Run = (space, { key, value }) => {
  write(space, 'preference', idOfKey(key as string), { key, value })
}

/** A mood of 6 is refused, a note of "break" is more than this server can bear. */
function check({ mood, note, happenedAt }: Record<string, unknown>, sentAt: number): void {
  if (typeof mood === 'number' && (mood < 1 || mood > 5)) throw new Refused('mood-out-of-range')
  if (note === 'break') throw new Broken()
  if (typeof happenedAt === 'string' && Date.parse(happenedAt) > sentAt + 300_000) {
    throw new Refused('in-the-future')
  }
}
