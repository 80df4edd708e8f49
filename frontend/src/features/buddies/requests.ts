/** What is asked of the server about invitations. Each throws Problem or Unreachable (api/client.ts). */

import * as v from 'valibot'

import { request, tell } from '../../api/client'
import type { InvitationKey } from '../../store/lines'

const madeSchema = v.object({ id: v.string(), secret: v.string(), expiresAt: v.string() })
const openSchema = v.object({
  id: v.string(),
  name: v.string(),
  createdAt: v.string(),
  expiresAt: v.string(),
  codeExpiresAt: v.nullable(v.string()),
})
const codeSchema = v.object({ code: v.string(), expiresAt: v.string() })
const invitingSchema = v.object({ name: v.string() })
const pairSchema = v.object({ pair: v.string() })

/** One of the member's own that is open. Times are ISO. */
export type OpenInvitation = v.InferOutput<typeof openSchema>

/** Invites one person, who will call the member by this name. The secret is told this once. */
export function postInvitation(name: string): Promise<v.InferOutput<typeof madeSchema>> {
  return request('POST', '/api/invitations', madeSchema, { body: { name } })
}

export function getInvitations(): Promise<OpenInvitation[]> {
  return request('GET', '/api/invitations', v.array(openSchema), {})
}

/** Takes it back; nobody can use it any more. */
export function deleteInvitation(id: string): Promise<void> {
  return tell('DELETE', '/api/invitations/{invitation_id}', { invitation_id: id })
}

/** A code that opens it for a quarter of an hour: "482 913 057". The one before opens nothing any more. */
export async function postCode(id: string): Promise<string> {
  return (await request('POST', '/api/invitations/{invitation_id}/code', codeSchema, { invitation_id: id }))
    .code
}

/** By what name whoever invites wants to be called. Signed out too. */
export async function postOpened(key: InvitationKey): Promise<string> {
  return (await request('POST', '/api/invitations/opened', invitingSchema, { body: key })).name
}

/** Says yes, and what whoever invites will call the member. Returns the pair's space. */
export async function postAccepted(key: InvitationKey, name: string): Promise<string> {
  return (await request('POST', '/api/invitations/accepted', pairSchema, { body: { ...key, name } })).pair
}
