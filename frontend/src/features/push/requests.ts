/** What is asked of the server about pushes. Each throws Problem or Unreachable (api/client.ts). */

import * as v from 'valibot'

import { request, tell } from '../../api/client'

const keySchema = v.object({ key: v.string() })
const statusSchema = v.object({
  /** Whether this session's device has a subscription at the server. */
  subscribed: v.boolean(),
  /** When a push service last took a push for it, ISO. */
  acceptedAt: v.nullable(v.string()),
  /** When this device last said that one arrived, ISO. */
  reachedAt: v.nullable(v.string()),
})

export type PushStatus = v.InferOutput<typeof statusSchema>

/** A subscription as the server keeps it; `key` is the server's key that it was made with. */
export interface KnownSubscription {
  endpoint: string
  keys: { p256dh: string; auth: string }
  key: string
  /** The phone's zone: "Europe/Dublin". */
  zone: string
}

/** The server's public key: base64url of an uncompressed point. Also signed out. */
export async function getKey(): Promise<string> {
  return (await request('GET', '/api/push/key', keySchema, {})).key
}

export function putSubscription(subscription: KnownSubscription): Promise<void> {
  return tell('PUT', '/api/push/subscription', { body: subscription })
}

export function deleteSubscription(endpoint: string): Promise<void> {
  return tell('DELETE', '/api/push/subscription', { body: { endpoint } })
}

/** Has a push sent to this device. Returns its key, by which it is known when it arrives. */
export async function postTest(): Promise<string> {
  return (await request('POST', '/api/push/test', keySchema, {})).key
}

/** Tells that a push arrived here; `at` in milliseconds of this phone's clock. */
export function postReached(key: string, at: number): Promise<void> {
  return tell('POST', '/api/push/reached', { body: { key, at: new Date(at).toISOString() } })
}

export function getStatus(): Promise<PushStatus> {
  return request('GET', '/api/push/status', statusSchema, {})
}
