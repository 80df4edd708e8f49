/** A phone in a test: its own IndexedDB, its own clock, and a network that fails as it is told. */

import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'

import '../../features/synced'
import { Unreachable, type RawReply } from '../../api/client'
import { recall, remember, Store } from '../../store/database'
import { versions, type SchemaVersion } from '../../store/schema'
import { Exchange, type Step } from '../exchange'
import { mutateIn } from '../mutate'
import { allKinds, type View } from '../registry'
import { refreshViews } from '../views'
import { problem, type Session } from './model_server'

/** What can become of a request. */
export type Weather =
  | 'fine'
  | 'lost-request'
  | 'lost-reply'
  /** The server answers, and half of it arrives. */
  | 'truncated'
  /** A hotel's sign-in page answers. */
  | 'portal'
  /** The network sends it twice. */
  | 'twice'
  /** Given up here, and delivered much later. */
  | 'late'
  | 'busy'

export const weathers: readonly Weather[] = [
  'fine',
  'lost-request',
  'lost-reply',
  'truncated',
  'portal',
  'twice',
  'late',
  'busy',
]

/** Whatever answers requests: the model server, or the real one. */
export interface Answering {
  answer(body: string, session: Session | null): RawReply | Promise<RawReply>
}

/** More steps than any sync needs: whoever takes them goes round in circles. */
const MOST_STEPS = 500

let phones = 0

export class Phone {
  store: Store
  session: Session | null
  /** False: what is said about signing out does not get through. */
  serverHearsSignOut = true
  /** How far this phone's clock is ahead, in milliseconds. */
  clockAhead = 0
  /** For the requests to come, one each; then it is fine. */
  readonly forecast: Weather[] = []
  /** Called while the next request is on its way. */
  meanwhile: (() => Promise<void>) | undefined
  /** Requests that will be delivered later. */
  readonly late: (() => Promise<unknown>)[] = []
  readonly sent: string[] = []
  #exchange: Exchange
  readonly #factory = new IDBFactory()
  /** Dexie keeps a list of the open ones by name. */
  readonly #nameOfStore = `leeward-${(phones += 1)}`

  constructor(
    readonly name: string,
    private readonly server: Answering,
    session: Session | null,
    private steps: readonly SchemaVersion[] = versions,
  ) {
    this.session = session
    this.store = this.#open()
    this.#exchange = this.newExchange()
  }

  now(): number {
    return Date.now() + this.clockAhead
  }

  /** The app is closed and opened again, perhaps in a newer version. */
  restart(steps: readonly SchemaVersion[] = this.steps): void {
    this.store.close()
    this.steps = steps
    this.store = this.#open()
    this.#exchange = this.newExchange()
  }

  /** The same store on another phone, as after a restored backup. */
  async clone(name: string): Promise<Phone> {
    const copy = new Phone(name, this.server, this.session, this.steps)
    for (const table of this.store.tables) {
      await copy.store.table(table.name).clear()
      await copy.store.table(table.name).bulkAdd(await table.toArray())
    }
    return copy
  }

  mutate(name: string, args: unknown): Promise<void> {
    return mutateIn(this.store, name, args)
  }

  /** Another tab's conversation over the same store. */
  newExchange(build = 'app-1'): Exchange {
    return new Exchange({
      store: this.store,
      peer: (body) => this.#send(body),
      build,
      now: () => this.now(),
      finishSignOut: () => this.#finishSignOut(),
      settleLostSession: () => Promise.resolve(),
    })
  }

  step(exchange: Exchange = this.#exchange): Promise<Step> {
    return exchange.step()
  }

  /** Syncs until there is no more to do, or nothing more can be done. */
  async sync(most = MOST_STEPS): Promise<Step> {
    let step: Step = { kind: 'again' }
    for (let steps = 0; step.kind === 'again' && steps < most; steps += 1) step = await this.step()
    if (step.kind === 'again' && most === MOST_STEPS) throw new Error(`${this.name} goes round in circles`)
    return step
  }

  /** The views of all kinds, for comparing. */
  async views(): Promise<Record<string, View[]>> {
    const views: Record<string, View[]> = {}
    for (const { table } of allKinds()) views[table] = await this.store.table<View>(table).toArray()
    return views
  }

  #open(): Store {
    const store = new Store(this.#nameOfStore, {
      indexedDB: this.#factory,
      IDBKeyRange,
      versions: this.steps,
    })
    store.beforeUse((opened) => refreshViews(opened, `app-${this.steps.length}`))
    return store
  }

  async #finishSignOut(): Promise<void> {
    if ((await recall(this.store, 'signOutPending')) !== true) return
    if (!this.serverHearsSignOut) throw new Unreachable()
    this.session = null
    await remember(this.store, 'signOutPending', undefined)
  }

  async #send(body: string): Promise<RawReply> {
    const session = this.session
    this.sent.push(body)
    const meanwhile = this.meanwhile
    this.meanwhile = undefined
    await meanwhile?.()
    switch (this.forecast.shift() ?? 'fine') {
      case 'fine':
        return this.server.answer(body, session)
      case 'lost-request':
        throw new Unreachable()
      case 'lost-reply':
        await this.server.answer(body, session)
        throw new Unreachable()
      case 'truncated': {
        const reply = await this.server.answer(body, session)
        return { ...reply, text: reply.text.slice(0, reply.text.length / 2) }
      }
      case 'portal':
        return { status: 200, type: 'text/html', retryAfter: null, text: '<h1>Welcome to the hotel</h1>' }
      case 'twice':
        await this.server.answer(body, session)
        return this.server.answer(body, session)
      case 'late':
        this.late.push(async () => this.server.answer(body, session))
        throw new Unreachable()
      case 'busy':
        return { ...problem(503, 'try-again'), retryAfter: 5 }
    }
  }
}
