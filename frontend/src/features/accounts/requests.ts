/** What the account's screens ask the server for. Each throws Problem or Unreachable (api/client.ts). */

import * as v from 'valibot'

import { request, tell } from '../../api/client'

const accountSchema = v.object({ id: v.string(), name: v.string() })
const signedInSchema = v.object({ account: accountSchema })
const codesSchema = v.object({ recoveryCodes: v.array(v.string()) })
const signedUpSchema = v.object({ account: accountSchema, recoveryCodes: v.array(v.string()) })
const wholeAccountSchema = v.object({
  id: v.string(),
  name: v.string(),
  createdAt: v.string(),
  recoveryCodesLeft: v.number(),
  /** Whether they look after this server; one of before does not say. */
  steward: v.fallback(v.boolean(), false),
})
const devicesSchema = v.array(
  v.object({
    id: v.string(),
    label: v.string(),
    createdAt: v.string(),
    seenAt: v.string(),
    current: v.boolean(),
    /** It has to sign in again, but may still hold the member's data. */
    signedOut: v.boolean(),
  }),
)

export type Account = v.InferOutput<typeof wholeAccountSchema>
/** A device that is signed in; `seenAt` is to the hour. */
export type SignedInDevice = v.InferOutput<typeof devicesSchema>[number]

/** The words somebody said yes to at sign-up. */
export const CONSENT = '2026-11'

export interface Credentials {
  name: string
  password: string
}

export function postAccount({ name, password }: Credentials, deviceLabel: string) {
  const body = { name, password, adult: true, consent: CONSENT, deviceLabel }
  return request('POST', '/api/accounts', signedUpSchema, { body })
}

export function postSession({ name, password }: Credentials, deviceLabel: string) {
  return request('POST', '/api/sessions', signedInSchema, { body: { name, password, deviceLabel } })
}

export function postRecovery({ name, password }: Credentials, code: string, deviceLabel: string) {
  const body = { name, code, password, deviceLabel }
  return request('POST', '/api/account/recovery', signedInSchema, { body })
}

/** Ends this browser's session; fine when it has ended already. */
export function deleteSession(): Promise<void> {
  return tell('DELETE', '/api/sessions/current', {})
}

export function getAccount(): Promise<Account> {
  return request('GET', '/api/account', wholeAccountSchema, {})
}

/** Signs the other devices out; they keep what they have. */
export function putPassword(current: string, next: string): Promise<void> {
  return tell('PUT', '/api/account/password', { body: { current, new: next } })
}

/** Ten new codes; the old ones are worth nothing any more. */
export async function postRecoveryCodes(password: string): Promise<string[]> {
  const sent = { body: { password } }
  return (await request('POST', '/api/account/recovery-codes', codesSchema, sent)).recoveryCodes
}

export function getDevices(): Promise<SignedInDevice[]> {
  return request('GET', '/api/account/devices', devicesSchema, {})
}

/** Ends the device: it erases what it has at its next contact. */
export function deleteDevice(id: string): Promise<void> {
  return tell('DELETE', '/api/account/devices/{device_id}', { device_id: id })
}

/** Deletes the account and all that is in it, at once. `name` is what the person typed. */
export function postDeletion(name: string): Promise<void> {
  return tell('POST', '/api/account/deletion', { body: { name } })
}
