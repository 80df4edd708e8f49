import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { countdown } from './countdown'

describe('countdown', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())
  const now = () => Date.now()

  it('ends once its time is over', () => {
    const end = vi.fn()
    countdown(10_000, end, now)
    vi.advanceTimersByTime(9_999)
    expect(end).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(end).toHaveBeenCalledOnce()
  })

  it('does not count while it waits', () => {
    const end = vi.fn()
    const timer = countdown(10_000, end, now)
    vi.advanceTimersByTime(6_000)
    timer.pause()
    vi.advanceTimersByTime(60_000)
    timer.resume()
    timer.resume()
    vi.advanceTimersByTime(3_999)
    expect(end).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(end).toHaveBeenCalledOnce()
  })

  it('never ends once stopped', () => {
    const end = vi.fn()
    const timer = countdown(10_000, end, now)
    timer.stop()
    timer.resume()
    vi.advanceTimersByTime(20_000)
    expect(end).not.toHaveBeenCalled()
  })
})
