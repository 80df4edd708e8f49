/**
 * One conversation with the server, a step at a time: a step is one request and what its answer does to the store.
 *
 *          ┌──────────────── again ───────────────┐
 *   begin ─┴─▶ ask ─▶ ok, more ─▶ stage ──────────┤
 *                     ok, last page ─▶ apply ─────┼─▶ done
 *                     forked, gap ─▶ renumber ────┤
 *                     epoch-changed ─▶ unacknowledge
 *                     too large, unreadable ─▶ halve, set aside
 *                     busy, unreachable ──────────────▶ wait
 *                     signed out, another account ────▶ stop
 *
 * Between two steps nothing is held: another tab may do the next one.
 */

import { recall, remember, type Store } from '../store/database'
import { erase } from '../store/erase'
import { randomId } from '../store/ids'
import { save } from '../store/saving'
import { ask, type Answer, type Peer } from './answers'
import { apply, stage, stillStands, tablesOfSync, unstage, type Exchanged, type Ground } from './apply'
import { askOfEarlierDevices } from './earlier_devices'
import { ownDevice } from './mutate'
import { BATCH_COUNT, nextBatch, renumber, setAside, unacknowledge } from './outbox'
import { redraw, Touched } from './views'
import type { NotOkReply, OkReply, SyncReply, SyncRequest } from './wire'

export type Step =
  /** There is more to exchange right now. */
  | { kind: 'again' }
  /** Nothing waits, and everything the server has is here. */
  | { kind: 'done' }
  /** Try later; `after` is the server's own wish in seconds. */
  | { kind: 'wait'; reason: 'unreachable' | 'busy'; problem: string | null; after: number | null }
  /** Nothing to be done until something changes: somebody signs in, answers the question, … */
  | { kind: 'stop'; reason: 'no-account' | 'question' | 'signed-out' | 'device-ended' | 'another-account' }

/** How a sync ended. */
export type SyncEnd = Exclude<Step, { kind: 'again' }>

/** What a step needs from outside. */
export interface World {
  store: Store
  peer: Peer
  /** This app's build. */
  build: string
  /** Milliseconds of this phone's clock. */
  now: () => number
  /** Finishes a sign-out that the server has not heard of. Throws when it cannot. */
  finishSignOut: () => Promise<void>
  /** There is a session, but the store has no owner. Throws when that cannot be settled. */
  settleLostSession: () => Promise<void>
}

/** A server that is never content with our numbers must not be asked in a loop. */
const MOST_MENDING = 12

/** Nobody's phone asks for the library more often than this. Milliseconds. */
const LIBRARY_EVERY = 3_600_000

const AGAIN: Step = { kind: 'again' }
const UNREACHABLE: Step = { kind: 'wait', reason: 'unreachable', problem: null, after: null }

export class Exchange {
  /** How many changes are sent at once: shrinks to find the one that is wrong, and grows again. */
  #most = BATCH_COUNT
  /** A change that may be what the server cannot read. */
  #suspect: { id: string; reason: string } | null = null
  /** The pull whose pages are being staged. */
  #pulling: (Exchanged & { pull: { id: string; pages: number }; cookie: unknown }) | null = null
  /** An exception on the server at one of the changes sent. */
  #faulty = false
  /** How often in a row the numbers had to be put right. */
  #mended = 0

  constructor(private readonly world: World) {}

  /** Asks once, and does what the answer says. Throws a StorageError. */
  async step(): Promise<Step> {
    const { store, now } = this.world
    if (await recall(store, 'signOutPending')) {
      if (!(await succeeds(this.world.finishSignOut))) return UNREACHABLE
    }
    const pulling = this.#pulling
    const begun = pulling ?? (await this.#begin())
    if ('kind' in begun) return begun
    const request: SyncRequest = {
      device: begun.ground.device,
      owner: begun.ground.owner,
      build: this.world.build,
      sentAt: new Date(now()).toISOString(),
      cookie: pulling === null ? (begun.ground.cookie ?? null) : pulling.cookie,
      mutations: pulling === null ? [...begun.batch] : [],
      confirmed: pulling === null ? [...begun.confirmed] : [],
    }
    const answer = await ask(this.world.peer, JSON.stringify(request))
    this.#pulling = null
    return this.#take(answer, begun, request)
  }

  /** What to send now, or why nothing. */
  async #begin(): Promise<Exchanged | Step> {
    const { store, now } = this.world
    await unstage(store, now())
    this.#faulty = false
    return save(store, [store.meta, store.outbox], async (): Promise<Exchanged | Step> => {
      const owner = (await recall(store, 'owner'))?.id ?? null
      const ground: Ground = {
        device: (await ownDevice(store)).id,
        owner,
        cookie: await recall(store, 'cookie'),
      }
      if (owner === null) {
        if ((await recall(store, 'question')) !== undefined) return { kind: 'stop', reason: 'question' }
        const last = (await recall(store, 'lastSyncedAt')) ?? -Infinity
        const lost = (await recall(store, 'signingUp')) !== undefined
        if (!lost && Math.abs(now() - last) < LIBRARY_EVERY) return { kind: 'stop', reason: 'no-account' }
        return { ground, pull: null, batch: [], confirmed: [] }
      }
      // Where the session is not known to be the owner's, ask first and show nothing.
      const trusted = ((await recall(store, 'session')) ?? 'signed-in') === 'signed-in'
      // Without a cookie nobody knows whether the server was set back since: hear of it first. A batch that comes late
      // would be taken a second time.
      const known = ground.cookie !== undefined
      const batch = trusted && known && this.#suspect === null ? await nextBatch(store, this.#most) : []
      return { ground, pull: null, batch, confirmed: (await recall(store, 'confirm')) ?? [] }
    })
  }

  async #take(answer: Answer, begun: Exchanged, sent: SyncRequest): Promise<Step> {
    const { store } = this.world
    switch (answer.kind) {
      case 'reply':
        return this.#takeReply(answer.reply, begun)
      case 'unreachable':
        return UNREACHABLE
      case 'busy':
        return { kind: 'wait', reason: 'busy', problem: answer.code, after: answer.after }
      case 'too-large':
        return this.#narrow(begun, sent, 'too-large', answer.ours)
      case 'unreadable':
        return this.#narrow(begun, sent, 'invalid', answer.ours)
      case 'device-ended':
        if (await this.#stands(begun.ground)) await this.#forgetEnded(begun.ground)
        return { kind: 'stop', reason: answer.kind }
      case 'signed-out':
      case 'another-account': {
        const session = answer.kind
        await save(store, [store.meta], async () => {
          if (await stillStands(store, begun.ground)) await remember(store, 'session', session)
        })
        return { kind: 'stop', reason: session }
      }
      case 'store-without-owner':
        return (await succeeds(this.world.settleLostSession)) ? AGAIN : UNREACHABLE
    }
  }

  async #takeReply(reply: SyncReply, begun: Exchanged): Promise<Step> {
    const suspect = this.#suspect
    if (suspect !== null) {
      // The server reads us well without it.
      this.#suspect = null
      await setAside(this.world.store, suspect.id, suspect.reason, this.world.now())
      return AGAIN
    }
    const restored = await this.#wasRestored(reply, begun.ground)
    if (reply.outcome === 'ok' && !restored) return this.#takeRows(reply, begun)
    this.#mended += 1
    if (this.#mended > MOST_MENDING) {
      this.#mended = 0
      return { kind: 'wait', reason: 'busy', problem: 'numbers', after: null }
    }
    if (restored || reply.outcome === 'ok') return this.#takeRestored(reply, begun.ground)
    return this.#putNumbersRight(reply, begun)
  }

  async #takeRows(reply: OkReply, begun: Exchanged): Promise<Step> {
    const { store, now } = this.world
    if (reply.fault !== null) this.#faulty = true
    if (reply.more) {
      const pull = begun.pull ?? { id: randomId(), pages: 0 }
      await stage(store, pull.id, reply, now())
      this.#pulling = { ...begun, pull: { id: pull.id, pages: pull.pages + 1 }, cookie: reply.cookie }
      return AGAIN
    }
    const dealtWith = await apply(store, begun, reply, now())
    if (dealtWith === null) return AGAIN
    this.#mended = 0
    this.#most = Math.min(BATCH_COUNT, Math.max(1, this.#most * 2))
    if (this.#faulty) return { kind: 'wait', reason: 'busy', problem: 'server-fault', after: null }
    if (begun.ground.owner === null || (await store.outbox.count()) === 0) return { kind: 'done' }
    // A server that takes what we send and counts nothing of it must not be asked in a loop.
    if (begun.batch.length > 0 && dealtWith === 0) {
      return { kind: 'wait', reason: 'busy', problem: 'not-counted', after: null }
    }
    return AGAIN
  }

  /** `forked` or `gap`: the numbers are not ours any more. */
  async #putNumbersRight({ outcome }: NotOkReply, { ground, batch }: Exchanged): Promise<Step> {
    const { store } = this.world
    if (outcome === 'forked' && batch.length > 1) {
      // A clone of this store was here first. What it sent of what we both had is not to be sent twice: find where
      // our ways parted, by sending less.
      this.#most = Math.floor(batch.length / 2)
      return AGAIN
    }
    this.#most = BATCH_COUNT
    await save(store, [store.meta, store.outbox], async () => {
      if (await stillStands(store, ground)) await renumber(store)
    })
    return AGAIN
  }

  /** Another database than the one our numbers were counted in? */
  async #wasRestored(reply: SyncReply, ground: Ground): Promise<boolean> {
    if (ground.owner === null) return reply.outcome === 'epoch-changed'
    const epoch = await recall(this.world.store, 'epoch')
    return reply.outcome === 'epoch-changed' || (epoch !== undefined && epoch !== reply.epoch)
  }

  /** The server was restored from an older backup: everything comes whole, and what it has lost is sent again. */
  async #takeRestored({ epoch, last }: SyncReply, ground: Ground): Promise<Step> {
    const { store } = this.world
    this.#most = BATCH_COUNT
    const lastOf = await askOfEarlierDevices(this.world, ground)
    if (lastOf === null) return UNREACHABLE
    lastOf.set(ground.device, last)
    await save(store, tablesOfSync(store), async () => {
      if (!(await stillStands(store, ground))) return
      const touched = new Touched()
      for (const line of await unacknowledge(store, ground.device, lastOf)) touched.addOf(line)
      await redraw(store, touched)
      await remember(store, 'cookie', undefined)
      await remember(store, 'epoch', epoch)
      await remember(store, 'confirm', undefined)
      await store.staging.clear()
    })
    return AGAIN
  }

  /** The server did not take the body: less of it, down to the one change that it may be about. */
  async #narrow({ ground }: Exchanged, sent: SyncRequest, reason: string, ours: boolean): Promise<Step> {
    const { store } = this.world
    const [first] = sent.mutations
    this.#suspect = null
    if (sent.mutations.length > 1) {
      this.#most = Math.floor(sent.mutations.length / 2)
      return AGAIN
    }
    if (first !== undefined && ours) {
      // Before it is set aside: does the server read us without it?
      this.#suspect = { id: first.id, reason }
      return AGAIN
    }
    if (first === undefined && ours && ground.cookie !== undefined) {
      // Then it is what we sent back of the server's own: do without.
      await save(store, [store.meta], async () => {
        if (!(await stillStands(store, ground))) return
        await remember(store, 'cookie', undefined)
        await remember(store, 'confirm', undefined)
      })
    }
    return { kind: 'wait', reason: 'busy', problem: reason, after: null }
  }

  /** This device was ended. Its session goes as well: what somebody else writes here is not to be erased for it. */
  async #forgetEnded({ owner }: Ground): Promise<void> {
    const { store, finishSignOut } = this.world
    if (owner === null) await save(store, [store.meta], () => remember(store, 'signOutPending', true))
    else await erase(store, { notice: 'device-ended', signOutPending: true })
    await succeeds(finishSignOut)
  }

  async #stands(ground: Ground): Promise<boolean> {
    const { store } = this.world
    return store.transaction('r', store.meta, () => stillStands(store, ground))
  }
}

async function succeeds(work: () => Promise<void>): Promise<boolean> {
  try {
    await work()
    return true
  } catch {
    return false
  }
}
