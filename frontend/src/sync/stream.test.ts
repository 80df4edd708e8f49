import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

import { withSyncLock } from './lock'
import { PokeStream } from './stream'

/** The browser's EventSource, as far as it is listened to. */
class Source extends EventTarget {
  static readonly CLOSED = 2
  static readonly all: Source[] = []
  static open(): Source[] {
    return Source.all.filter(({ readyState }) => readyState !== Source.CLOSED)
  }

  readyState = 1

  constructor(readonly address: string) {
    super()
    Source.all.push(this)
  }

  close(): void {
    this.readyState = Source.CLOSED
  }

  say(type: string): void {
    this.dispatchEvent(new Event(type))
  }

  turnedDown(): void {
    this.readyState = Source.CLOSED
    this.say('error')
  }
}

const settled = () => new Promise((resume) => setImmediate(resume))

beforeEach(() => {
  Source.all.length = 0
  vi.stubGlobal('EventSource', Source)
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('the pokes', () => {
  test('two tabs have one stream, and the second takes over when the first is put away', async () => {
    const poked: string[] = []
    const first = new PokeStream(() => poked.push('first'))
    const second = new PokeStream(() => poked.push('second'))
    first.follow('device-1')
    second.follow('device-1')
    await settled()
    expect(Source.open().map(({ address }) => address)).toEqual(['/api/sync/stream?device=device-1'])
    Source.open()[0]?.say('pull')
    first.follow(null)
    await settled()
    expect(Source.open()).toHaveLength(1)
    Source.open()[0]?.say('pull')
    expect(poked).toEqual(['first', 'second'])
    second.follow(null)
    await settled()
    expect(Source.open()).toEqual([])
  })

  test('a stream that was turned down says so by a sync, and is tried again later', async () => {
    let pokes = 0
    const stream = new PokeStream(() => (pokes += 1))
    stream.follow('device-1')
    await settled()
    Source.open()[0]?.turnedDown()
    await settled()
    expect(pokes).toBe(1)
    expect(Source.open()).toEqual([])
    await vi.advanceTimersByTimeAsync(30_000)
    await settled()
    expect(Source.open()).toHaveLength(1)
    stream.follow(null)
    await settled()
  })

  test('a connection that was lost is the browser’s to mend', async () => {
    const stream = new PokeStream(() => undefined)
    stream.follow('device-1')
    await settled()
    Source.open()[0]?.say('error')
    await settled()
    expect(Source.open()).toHaveLength(1)
    stream.follow(null)
    await settled()
  })

  test('"this device was ended" makes a sync, which finds out', async () => {
    let pokes = 0
    const stream = new PokeStream(() => (pokes += 1))
    stream.follow('device-1')
    await settled()
    Source.open()[0]?.say('end')
    await settled()
    expect(pokes).toBe(1)
    stream.follow(null)
    await settled()
  })

  test('another device id is another stream', async () => {
    const stream = new PokeStream(() => undefined)
    stream.follow('device-1')
    await settled()
    stream.follow('device-2')
    await settled()
    expect(Source.open().map(({ address }) => address)).toEqual(['/api/sync/stream?device=device-2'])
    stream.follow(null)
    await settled()
  })
})

describe('the lock around a step', () => {
  test('lets one sync at a time', async () => {
    const order: string[] = []
    const step = (name: string) => async () => {
      order.push(`${name} begins`)
      await settled()
      order.push(`${name} ends`)
    }
    await Promise.all([withSyncLock(step('one')), withSyncLock(step('two'))])
    expect(order).toEqual(['one begins', 'one ends', 'two begins', 'two ends'])
  })

  test('is not waited for longer than a request may take: whoever holds it then has been frozen', async () => {
    let thaw: () => void = () => undefined
    const frozen = withSyncLock(() => new Promise<void>((resolve) => (thaw = resolve)))
    await settled()
    const other = withSyncLock(() => Promise.resolve('went on'))
    await settled()
    await vi.advanceTimersByTimeAsync(25_000)
    expect(await other).toBe('went on')
    thaw()
    await frozen
  })

  test('hands on what the step threw, and the next one comes', async () => {
    await expect(withSyncLock(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await withSyncLock(() => Promise.resolve(1))).toBe(1)
  })

  test('where the browser has no locks, a tab still takes its turns', async () => {
    vi.stubGlobal('navigator', {})
    const order: number[] = []
    await Promise.all([
      withSyncLock(async () => {
        await settled()
        order.push(1)
      }),
      withSyncLock(() => Promise.resolve(order.push(2))),
    ])
    expect(order).toEqual([1, 2])
  })
})
