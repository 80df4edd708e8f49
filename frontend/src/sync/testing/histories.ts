/** Random histories of phones and a server, and what must hold afterwards whatever happened. */

import * as fc from 'fast-check'
import { expect } from 'vitest'

import { newId } from '../../store/ids'
import type { Change } from '../../store/lines'
import { versions, type SchemaVersion } from '../../store/schema'
import type { Step } from '../exchange'
import { allKinds, kindOf, mutatorOf, type View } from '../registry'
import { redraw, Touched } from '../views'
import type { WireRow } from '../wire'
import { Phone, weathers, type Answering, type Weather } from './phone'

/** What only a server that is ours to hurt can do. */
export interface Restorable {
  backup(): void
  restore(): void
  prune(): void
  update(): void
}

export type Event =
  | { type: 'record'; phone: number; mood: number; note: string | null; ahead: boolean }
  | { type: 'edit'; phone: number; which: number; mood: number; note: string | null }
  | { type: 'delete'; phone: number; which: number }
  | { type: 'prefer'; phone: number; value: string }
  | { type: 'unknown'; phone: number; which: number }
  | { type: 'sync'; phone: number; weather: Weather[]; killAfter: number | null; meanwhile: boolean }
  | { type: 'two-tabs'; phone: number; weather: Weather[]; turns: boolean[] }
  | { type: 'restart'; phone: number; upgrade: boolean }
  | { type: 'kill-while-saving'; phone: number; mood: number; ticks: number }
  | { type: 'clock'; phone: number; minutes: number }
  | { type: 'late'; phone: number }
  | { type: 'clone'; phone: number }
  | { type: 'backup' | 'restore' | 'prune' | 'update' }

const phone = fc.nat(3)
const note = fc.option(fc.constantFrom('calm', 'break', 'a\ud800b', 'nul\0'))
const weather = fc.array(fc.constantFrom(...weathers), { maxLength: 4 })
const mood = fc.integer({ min: 1, max: 6 })

/** Something that happens to one phone. */
const everyday: fc.WeightedArbitrary<Event>[] = [
  {
    weight: 6,
    arbitrary: fc.record({ type: fc.constant('record'), phone, mood, note, ahead: fc.boolean() }),
  },
  { weight: 4, arbitrary: fc.record({ type: fc.constant('edit'), phone, which: fc.nat(9), mood, note }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('delete'), phone, which: fc.nat(9) }) },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant('prefer'), phone, value: fc.constantFrom('dark', 'light') }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('unknown'), phone, which: fc.nat(9) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant('sync'),
      phone,
      weather,
      killAfter: fc.option<number>(fc.nat(4), { freq: 4 }),
      meanwhile: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('two-tabs'),
      phone,
      weather,
      turns: fc.array(fc.boolean(), { minLength: 4, maxLength: 12 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('restart'), phone, upgrade: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('kill-while-saving'),
      phone,
      mood,
      ticks: fc.nat(30),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('clock'),
      phone,
      minutes: fc.integer({ min: -100_000, max: 100_000 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('late'), phone }) },
]

const clones: fc.WeightedArbitrary<Event>[] = [
  { weight: 1, arbitrary: fc.record({ type: fc.constant('clone'), phone }) },
]

const disasters: fc.WeightedArbitrary<Event>[] = [
  { weight: 1, arbitrary: fc.record({ type: fc.constant('backup') }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('restore') }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('prune') }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('update') }) },
]

/** Histories of two phones; with clones of their stores, or with a server that is restored from backups. */
export function histories(with_: { clones?: boolean; disasters?: boolean }): fc.Arbitrary<Event[]> {
  const events = [...everyday, ...(with_.clones ? clones : []), ...(with_.disasters ? disasters : [])]
  return fc.array(fc.oneof(...events), { minLength: 4, maxLength: 24 })
}

/** A name that only another version of app and server knows. */
export const UNKNOWN = 'check_ins.embellish'

/** The store one version further: a new index, and views of another shape, made again. */
const upgraded: readonly SchemaVersion[] = [
  ...versions,
  {
    version: versions.length + 1,
    stores: { check_ins: 'id, localDate, [localDate+instant], mood, *feelings, *contexts' },
    upgrade: async (transaction) => {
      await transaction.table('check_ins').clear()
      await transaction.table('meta').delete('viewsBuild')
    },
  },
]

/** Plays a history and ends it in fine weather. */
export class History {
  readonly phones: Phone[]
  /** Every change that was saved, by its id. */
  readonly saved = new Map<string, Change>()
  /** Those of them that the server has acknowledged, by what the phones say. */
  readonly acknowledged = new Set<string>()
  readonly #ids: string[] = []

  constructor(
    server: Answering,
    private readonly account: string,
    private readonly hurt: Restorable | null,
  ) {
    this.phones = ['one', 'two'].map((name) => new Phone(name, server, { account }))
  }

  async begin(): Promise<void> {
    for (const { store } of this.phones) {
      await store.meta.put({ key: 'owner', value: { id: this.account, name: this.account } })
    }
  }

  async play(events: readonly Event[]): Promise<void> {
    for (const event of events) {
      await this.#happen(event)
      for (const one of this.phones) await this.#remember(one)
    }
  }

  /** What each phone shows is what the server said with what waits replayed on top, at any time. */
  async checkViews(): Promise<void> {
    for (const one of this.phones) expect(await one.views()).toEqual(await expectedViews(one))
  }

  /** The weather clears: everything is delivered, and every phone syncs until nothing changes any more. */
  async end(): Promise<void> {
    for (const one of this.phones) {
      one.forecast.length = 0
      for (const deliver of one.late.splice(0)) await deliver()
    }
    // Three times: an exception is borne twice, and what one sends the others have to hear.
    for (let round = 0; round < 6; round += 1) {
      for (const one of this.phones) {
        await this.#syncWell(one)
        await this.#remember(one)
      }
    }
  }

  close(): void {
    for (const one of this.phones) one.store.close()
  }

  async #syncWell(one: Phone): Promise<void> {
    let step: Step = { kind: 'again' }
    for (let tries = 0; step.kind !== 'done' && tries < 100; tries += 1) step = await one.sync()
    if (step.kind !== 'done') throw new Error(`${one.name} does not come to an end: ${JSON.stringify(step)}`)
  }

  async #happen(event: Event): Promise<void> {
    if (!('phone' in event)) {
      this.hurt?.[event.type]()
      return
    }
    const one = this.phones[event.phone % this.phones.length]
    if (one === undefined) return
    switch (event.type) {
      case 'record': {
        const id = newId()
        this.#ids.push(id)
        return one.mutate('check_ins.record', { ...this.#moment(one, event), id })
      }
      case 'edit':
        return one.mutate('check_ins.edit', {
          id: this.#idOf(event.which),
          mood: event.mood,
          note: event.note,
        })
      case 'delete':
        return one.mutate('check_ins.delete', { id: this.#idOf(event.which) })
      case 'prefer':
        return one.mutate('preferences.set', { key: 'theme', value: event.value })
      case 'unknown':
        return this.#saveUnknown(one, event.which)
      case 'sync':
        return this.#sync(one, event)
      case 'two-tabs':
        return this.#twoTabs(one, event)
      case 'restart':
        one.restart(event.upgrade ? upgraded : undefined)
        return
      case 'kill-while-saving':
        return this.#killWhileSaving(one, event)
      case 'clock':
        one.clockAhead = event.minutes * 60_000
        return
      case 'late':
        await one.late.shift()?.()
        return
      case 'clone':
        this.phones.push(await one.clone(`${one.name}'`))
    }
  }

  async #sync(one: Phone, { weather, killAfter, meanwhile }: Event & { type: 'sync' }): Promise<void> {
    one.forecast.push(...weather)
    if (meanwhile) {
      one.meanwhile = () => one.mutate('check_ins.edit', { id: this.#idOf(0), mood: 2 })
    }
    if (killAfter === null) await one.sync()
    else {
      await one.sync(killAfter)
      one.restart()
    }
    one.forecast.length = 0
  }

  /** Two tabs without a lock between them: their steps mix. */
  async #twoTabs(one: Phone, { weather, turns }: Event & { type: 'two-tabs' }): Promise<void> {
    one.forecast.push(...weather)
    const other = one.newExchange()
    for (const ours of turns) await (ours ? one.step() : one.step(other))
    await Promise.all([one.step(), one.step(other)])
    one.forecast.length = 0
  }

  /** The tab goes away at some moment between the tap and "saved": all of it is there, or nothing. */
  async #killWhileSaving(
    one: Phone,
    { mood: value, ticks }: Event & { type: 'kill-while-saving' },
  ): Promise<void> {
    const id = newId()
    const args = { ...this.#moment(one, { mood: value, note: null, ahead: false }), id }
    const saving = one.mutate('check_ins.record', args).then(
      () => 'said to be saved',
      () => 'not saved',
    )
    for (let tick = 0; tick < ticks; tick += 1) await new Promise((resume) => setImmediate(resume))
    one.restart()
    const said = await saving
    const lines = await one.store.outbox.filter(({ args }) => (args as { id: string }).id === id).count()
    const views = await one.store.table('check_ins').where('id').equals(id).count()
    if (lines !== views) throw new Error('half of a change was saved')
    if (said === 'said to be saved' && lines === 0) throw new Error('said to be saved, and gone')
    if (lines > 0) this.#ids.push(id)
  }

  /** A change by a version of the app that knew more than this one does. */
  async #saveUnknown(one: Phone, which: number): Promise<void> {
    await one.mutate('check_ins.edit', { id: this.#idOf(which), mood: 3, trace: newId() })
    const last = await one.store.outbox.orderBy('number').last()
    if (last !== undefined) await one.store.outbox.put({ ...last, name: UNKNOWN })
    await this.#redrawAll(one)
  }

  async #redrawAll(one: Phone): Promise<void> {
    const { store } = one
    const views = allKinds().map(({ table }) => table)
    await store.transaction('rw', [store.server_rows, store.outbox, ...views], async () => {
      const touched = new Touched()
      for (const { kind, table } of allKinds()) {
        for (const id of await store.table<View, string>(table).toCollection().primaryKeys())
          touched.add(kind, id)
      }
      await redraw(store, touched)
    })
  }

  async #remember(one: Phone): Promise<void> {
    for (const line of await one.store.outbox.toArray()) this.saved.set(line.id, line)
    for (const { id } of await one.store.kept.toArray()) this.acknowledged.add(id)
  }

  #moment(
    one: Phone,
    { mood: value, note: text, ahead }: { mood: number; note: string | null; ahead: boolean },
  ) {
    const happenedAt = new Date(one.now() + (ahead ? 3_600_000 : 0)).toISOString().replace('Z', '+00:00')
    return {
      mood: value,
      energy: null,
      feelings: [],
      contexts: [],
      note: text,
      happenedAt,
      zone: 'Europe/Dublin',
    }
  }

  #idOf(which: number): string {
    return this.#ids.length === 0 ? newId() : (this.#ids[which % this.#ids.length] ?? newId())
  }
}

/** What must be true of the server in the end. */
export interface End {
  /** The rows the member can read, without the deleted ones. */
  rows: readonly WireRow[]
  /** The ids of the changes that were applied, in order; null where the server does not tell. */
  applied: readonly string[] | null
}

/** Every phone has what the server has, and each change was applied or lies in "needs a look". */
export async function checkEnd(
  history: History,
  { rows, applied }: End,
  { exactlyOnce }: { exactlyOnce: boolean },
): Promise<void> {
  const shown = viewsOf(rows)
  for (const one of history.phones) {
    expect(await one.store.outbox.count()).toBe(0)
    expect(await one.store.staging.count()).toBe(0)
    expect(await one.views()).toEqual(shown)
  }
  const stores = history.phones.map(({ store }) => store)
  const looked = (await Promise.all(stores.map((store) => store.needs_look.toArray()))).flat()
  const taken = new Set(applied ?? history.acknowledged)
  if (exactlyOnce) expect(applied ?? []).toHaveLength(new Set(applied ?? []).size)
  for (const [id, { name, args }] of history.saved) {
    const refused = looked.filter((line) =>
      // What the server did not know is sent again as a new change.
      name === UNKNOWN ? JSON.stringify(line.args) === JSON.stringify(args) : line.id === id,
    )
    const found = taken.has(id) ? 'applied' : refused.length > 0 ? 'needs a look' : 'lost'
    expect({ id, name, found }).not.toMatchObject({ found: 'lost' })
    // (A clone takes for acknowledged what its twin has seen refused, and confirmed.)
    if (exactlyOnce && applied !== null && taken.has(id)) expect(refused).toEqual([])
  }
}

/** What the views must be, said the slow and simple way: the server's rows with what waits replayed on top. */
async function expectedViews({ store }: Phone): Promise<Record<string, View[]>> {
  const shown = new Map<string, Map<string, View>>(allKinds().map(({ table }) => [table, new Map()]))
  for (const { kind, space, id, data } of await store.server_rows.toArray()) {
    const known = kindOf(kind)
    const view = known?.fromServer(id, data, space)
    if (known !== undefined && view) shown.get(known.table)?.set(id, view)
  }
  for (const { name, args } of await store.outbox.orderBy('number').toArray()) {
    const mutator = mutatorOf(name)
    const views = mutator && shown.get(kindOf(mutator.kind)?.table ?? '')
    if (mutator === undefined || views === undefined) continue
    const id = mutator.rowOf(args)
    const view = mutator.apply(views.get(id), args)
    if (view === undefined) views.delete(id)
    else views.set(id, view)
  }
  return Object.fromEntries([...shown].map(([table, views]) => [table, sorted([...views.values()])]))
}

/** What a phone should show of these rows, once nothing waits. */
function viewsOf(rows: readonly WireRow[]): Record<string, View[]> {
  const views: Record<string, View[]> = Object.fromEntries(allKinds().map(({ table }) => [table, []]))
  for (const { kind, space, id, data } of rows) {
    const known = kindOf(kind)
    const view = known?.fromServer(id, data, space)
    if (known !== undefined && view) views[known.table]?.push(view)
  }
  return Object.fromEntries(Object.entries(views).map(([table, list]) => [table, sorted(list)]))
}

function sorted(views: View[]): View[] {
  return views.sort((one, other) => (one.id < other.id ? -1 : 1))
}
