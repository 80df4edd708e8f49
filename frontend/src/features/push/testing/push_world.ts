/** A browser's push manager and the server's routes for pushes, for tests: both as their specifications have them. */

import type { Pushes } from '../subscription'
import { textOf } from '../keys'

/** One push service, one browser. */
export class BrowserPushes implements Pushes {
  current: PushSubscription | null = null
  /** What subscribe() throws. */
  trouble: Error | null = null
  made = 0

  getSubscription(): Promise<PushSubscription | null> {
    return Promise.resolve(this.current)
  }

  subscribe({ applicationServerKey }: PushSubscriptionOptionsInit = {}): Promise<PushSubscription> {
    if (this.trouble !== null) return Promise.reject(this.trouble)
    const key = applicationServerKey as Uint8Array<ArrayBuffer>
    const known = this.current?.options.applicationServerKey ?? null
    if (this.current !== null && known !== null && textOf(known) === textOf(key.buffer)) {
      return Promise.resolve(this.current)
    }
    // https://w3c.github.io/push-api/#subscribe-method
    if (this.current !== null) return Promise.reject(new DOMException('Another key.', 'InvalidStateError'))
    this.made += 1
    const endpoint = `https://push.example/${this.made}`
    const subscription = {
      endpoint,
      options: { applicationServerKey: key.buffer, userVisibleOnly: true },
      unsubscribe: () => {
        if (this.current === subscription) this.current = null
        return Promise.resolve(true)
      },
      toJSON: () => ({ endpoint, keys: { p256dh: 'p256dh', auth: 'auth' } }),
    } as unknown as PushSubscription
    this.current = subscription
    return Promise.resolve(subscription)
  }
}

export class PushServer {
  key = 'BAAA'
  /** Endpoints of the one who is signed in. */
  readonly subscribed = new Set<string>()
  /** Endpoints that belong to somebody else. */
  readonly taken = new Set<string>()
  /** How many subscriptions it was told, again or not. */
  told = 0
  allowed = true
  online = true
  signedIn = true

  readonly fetch = (path: string, { method, body }: RequestInit): Promise<Response> => {
    if (!this.online) return Promise.reject(new TypeError('Failed to fetch'))
    const sent = typeof body === 'string' ? (JSON.parse(body) as { endpoint: string; key: string }) : null
    const asked = `${method ?? 'GET'} ${path}`
    if (asked === 'GET /api/push/key') return answer(200, { key: this.key })
    if (!this.signedIn) return problem(401, 'signed-out')
    if (asked === 'GET /api/push/status') {
      return answer(200, { subscribed: this.subscribed.size > 0, acceptedAt: null, reachedAt: null })
    }
    if (sent === null) return problem(404, 'not-found')
    if (asked === 'DELETE /api/push/subscription') {
      this.subscribed.delete(sent.endpoint)
      return Promise.resolve(new Response(null, { status: 204 }))
    }
    if (!this.allowed) return problem(400, 'endpoint-not-allowed')
    if (sent.key !== this.key) return problem(409, 'key-changed')
    if (this.taken.has(sent.endpoint)) return problem(409, 'endpoint-taken')
    this.subscribed.add(sent.endpoint)
    this.told += 1
    return answer(200, { id: '0198a000-0000-7000-8000-000000000001' })
  }
}

function answer(status: number, content: unknown): Promise<Response> {
  return Promise.resolve(Response.json(content, { status }))
}

function problem(status: number, code: string): Promise<Response> {
  return Promise.resolve(
    new Response(JSON.stringify({ code }), {
      status,
      headers: { 'content-type': 'application/problem+json' },
    }),
  )
}
