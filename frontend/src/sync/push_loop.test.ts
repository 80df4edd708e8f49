import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

import { PushLoop } from './loop'
import { atRest, backOff, LONGEST_RETRY, next, POLL, type LoopEvent, type LoopState } from './push_loop'
import type { SyncEnd } from './exchange'
import type { Contact } from './status'

const OFFLINE: SyncEnd = { kind: 'wait', reason: 'unreachable', problem: null, after: null }
const BUSY: SyncEnd = { kind: 'wait', reason: 'busy', problem: 'try-again', after: 30 }
const SIGNED_OUT: SyncEnd = { kind: 'stop', reason: 'signed-out' }
const DONE: SyncEnd = { kind: 'done' }

describe('the push loop in a tab', () => {
  let syncs: number
  let answer: SyncEnd | Error
  let told: Partial<Contact>[]
  let loop: PushLoop

  beforeEach(() => {
    vi.useFakeTimers()
    syncs = 0
    answer = DONE
    told = []
    loop = new PushLoop({
      sync: async () => {
        syncs += 1
        // A request takes a tenth of a second.
        await new Promise((arrive) => setTimeout(arrive, 100))
        if (answer instanceof Error) throw answer
        return answer
      },
      tell: (contact) => told.push(contact),
      random: () => 0,
    })
  })

  afterEach(() => {
    vi.useRealTimers()
  })

  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

  test('sends at once what was saved, and once more what was saved meanwhile', async () => {
    loop.send({ type: 'wanted' })
    loop.send({ type: 'wanted' })
    loop.send({ type: 'wanted' })
    expect(syncs).toBe(1)
    await pass(100)
    expect(syncs).toBe(2)
    await pass(1_000)
    expect(syncs).toBe(2)
    expect(told.at(-1)).toEqual({ phase: 'idle', outcome: 'ok', problem: null })
  })

  test('without a network tries again after 1, 2, 4 … seconds, up to five minutes', async () => {
    answer = OFFLINE
    loop.send({ type: 'hurried' })
    const times: number[] = []
    let before = Date.now()
    for (let count = 2; count <= 12; count += 1) {
      while (syncs < count) await pass(100)
      times.push(Math.round((Date.now() - before) / 1000))
      before = Date.now()
    }
    expect(times).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300])
    expect(told.at(-2)).toEqual({ phase: 'idle', outcome: 'offline', problem: null })
  })

  test('tries at once when the network, the person or a tap says so, and begins to count anew', async () => {
    answer = OFFLINE
    loop.send({ type: 'hurried' })
    await pass(20_000)
    const before = syncs
    loop.send({ type: 'wanted' })
    expect(syncs).toBe(before + 1)
    await pass(100)
    answer = DONE
    loop.send({ type: 'hurried' })
    await pass(100)
    answer = OFFLINE
    loop.send({ type: 'hurried' })
    const then = syncs
    await pass(1_200)
    expect(syncs).toBe(then + 1)
  })

  test('a busy server is left alone for as long as it asks, whatever is saved meanwhile', async () => {
    answer = BUSY
    loop.send({ type: 'wanted' })
    await pass(100)
    loop.send({ type: 'wanted' })
    await pass(29_000)
    expect(syncs).toBe(1)
    await pass(1_000)
    expect(syncs).toBe(2)
  })

  test('signed out, it waits for somebody to change that', async () => {
    answer = SIGNED_OUT
    loop.send({ type: 'hurried' })
    await pass(100)
    loop.send({ type: 'wanted' })
    await pass(24 * 3_600_000)
    expect(syncs).toBe(1)
    answer = DONE
    loop.send({ type: 'hurried' })
    expect(syncs).toBe(2)
  })

  test('asks now and then in case a poke was lost, but not while nobody looks', async () => {
    loop.send({ type: 'hurried' })
    await pass(100 + POLL)
    expect(syncs).toBe(2)
    loop.send({ type: 'visible', visible: false })
    await pass(10 * POLL)
    expect(syncs).toBe(2)
    loop.send({ type: 'visible', visible: true })
    expect(syncs).toBe(3)
  })

  test('goes on trying while nobody looks as long as something may wait', async () => {
    answer = OFFLINE
    loop.send({ type: 'wanted' })
    loop.send({ type: 'visible', visible: false })
    await pass(10_000)
    expect(syncs).toBeGreaterThan(2)
  })

  test('a store that fails is told, and tried again', async () => {
    answer = new Error('disk')
    loop.send({ type: 'wanted' })
    await pass(100)
    expect(told.at(-1)).toEqual({ phase: 'idle', outcome: 'failed', problem: 'storage-failed' })
    answer = DONE
    await pass(1_100)
    expect(syncs).toBe(2)
  })
})

describe('the machine', () => {
  const ends = fc.constantFrom<SyncEnd | { kind: 'broken' }>(DONE, OFFLINE, BUSY, SIGNED_OUT, {
    kind: 'broken',
  })
  const events: fc.Arbitrary<LoopEvent> = fc.oneof(
    fc.constantFrom<LoopEvent>({ type: 'wanted' }, { type: 'hurried' }, { type: 'timer' }),
    fc.record({ type: fc.constant('visible'), visible: fc.boolean() }),
    fc.record({ type: fc.constant('ended'), end: ends }),
  )

  test('never runs twice at a time, and always runs again or has a timer, unless it is stopped or unseen', () => {
    fc.assert(
      fc.property(
        fc.array(events, { maxLength: 60 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (all, random) => {
          let state: LoopState = atRest
          let timer: number | null = null
          let begun = false
          for (const event of all) {
            // Only what runs can end, only a timer that is set can ring.
            if (event.type === 'ended' && !state.running) continue
            if (event.type === 'timer' && timer === null) continue
            if (event.type === 'timer') timer = null
            const [after, effects] = next(state, event, random)
            const runs = effects.filter(({ type }) => type === 'run').length
            expect(runs).toBeLessThanOrEqual(state.running && event.type !== 'ended' ? 0 : 1)
            for (const effect of effects) if (effect.type === 'timer') timer = effect.ms
            state = after
            begun ||= runs > 0
            const idle = !state.running && timer === null && begun
            if (idle) expect(state.hold === 'stopped' || !state.visible).toBe(true)
          }
        },
      ),
    )
  })

  test('waits between a half and the whole of the time, never longer than five minutes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (failures, random) => {
          const ms = backOff(failures, random)
          expect(ms).toBeGreaterThanOrEqual(500)
          expect(ms).toBeLessThanOrEqual(LONGEST_RETRY)
        },
      ),
    )
  })
})
