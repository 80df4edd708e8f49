import * as v from 'valibot'
import { afterEach, describe, expect, test, vi } from 'vitest'

import { hangUp, Problem, request, send, tell, Unreachable } from './client'

const schema = v.object({
  id: v.string(),
  name: v.string(),
  createdAt: v.string(),
  recoveryCodesLeft: v.number(),
  steward: v.boolean(),
})
const account = {
  id: 'a',
  name: 'ada',
  createdAt: '2026-11-22T07:15:00Z',
  recoveryCodesLeft: 10,
  steward: false,
}

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

/** What answers in place of the network. */
function answering(status: number, body: string | null, headers: Record<string, string> = {}) {
  const fetched = vi.fn((_path: string, _init: RequestInit) =>
    Promise.resolve(
      new Response(body, { status, headers: { 'content-type': 'application/json', ...headers } }),
    ),
  )
  vi.stubGlobal('fetch', fetched)
  return fetched
}

const ask = () => request('GET', '/api/account', schema, {})

describe('a request', () => {
  test('goes to our own server only, with the cookie, and follows nobody', async () => {
    const fetched = answering(200, JSON.stringify(account))
    expect(await ask()).toEqual(account)
    expect(fetched).toHaveBeenCalledWith(
      '/api/account',
      expect.objectContaining({
        method: 'GET',
        redirect: 'error',
        credentials: 'same-origin',
        cache: 'no-store',
      }),
    )
  })

  test('puts what it was given into the address, as text', async () => {
    const fetched = answering(204, null)
    await tell('DELETE', '/api/account/devices/{device_id}', { device_id: '../x?y' })
    expect(fetched.mock.calls[0]?.[0]).toBe('/api/account/devices/..%2Fx%3Fy')
  })

  test('refused: with the code for the words, the field, and how long to wait', async () => {
    const problem = {
      type: 'about:blank',
      title: 'x',
      status: 429,
      code: 'too-many-tries',
      detail: 'Wait.',
      field: 'name',
    }
    answering(429, JSON.stringify(problem), {
      'content-type': 'application/problem+json',
      'retry-after': '60',
    })
    const error: unknown = await ask().catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(Problem)
    expect(error).toMatchObject({ status: 429, code: 'too-many-tries', field: 'name', retryAfter: 60 })
  })

  test.each([
    ['a sign-in page with 200', 200, '<h1>Hotel</h1>', 'text/html'],
    ['a page that calls itself JSON', 200, '<h1>Hotel</h1>', 'application/json'],
    ['half of an answer', 200, '{"id":"a"', 'application/json'],
    ['an answer of another shape', 200, '{"id":7}', 'application/json'],
    ['no answer where there should be one', 200, '', 'application/json'],
    ['a proxy without a server', 502, '<h1>Bad Gateway</h1>', 'text/html'],
    ['a problem that is none of ours', 403, '{"error":"blocked"}', 'application/json'],
  ])('%s is as good as no network', async (_name, status, body, type) => {
    answering(status, body, { 'content-type': type })
    await expect(ask()).rejects.toBeInstanceOf(Unreachable)
  })

  /** A line on which nothing ever comes, until it is given up. */
  function stalling(): void {
    vi.stubGlobal(
      'fetch',
      (_path: string, { signal }: { signal: AbortSignal }) =>
        new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => reject(signal.reason as Error)),
        ),
    )
  }

  test('is given up after 20 seconds', async () => {
    vi.useFakeTimers()
    stalling()
    let ended: unknown = 'not yet'
    const asked = send('POST', '/api/sync', '{}').catch((error: unknown) => (ended = error))
    await vi.advanceTimersByTimeAsync(19_999)
    expect(ended).toBe('not yet')
    await vi.advanceTimersByTimeAsync(1)
    await asked
    expect(ended).toBeInstanceOf(Unreachable)
  })

  test('is given up at once when its worker is to go; the next one is not', async () => {
    stalling()
    const asked = send('POST', '/api/sync', '{}')
    hangUp()
    await expect(asked).rejects.toBeInstanceOf(Unreachable)
    answering(200, '{}')
    await expect(send('POST', '/api/sync', '{}')).resolves.toMatchObject({ status: 200 })
  })
})
