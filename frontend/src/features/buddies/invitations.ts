/** Invitations as this phone keeps them: what it made, and what brought somebody here. */

import { database, recall, remember } from '../../store/database'
import { live, type Live } from '../../store/live'
import type { InvitationKey, MadeInvitation, Meta } from '../../store/lines'
import { save } from '../../store/saving'
import { announce } from '../../sync/wanted'
import { deleteInvitation, getInvitations, postAccepted, postCode, postInvitation } from './requests'

/** An open invitation of one's own. Times are ISO. */
export interface Invitation {
  id: string
  name: string
  createdAt: string
  expiresAt: string
  /** Null where it was made on another device: the server does not know it either. */
  secret: string | null
  /** The code that was last made here; `until` in milliseconds of this phone's clock. */
  code: { text: string; until: number } | null
}

/** How long the server lets a code open something. Milliseconds. */
export const CODE_LASTS = 15 * 60_000

/** What the last buddy was told to call this member; null: nobody was told yet. */
export function lastName(): Live<string | null> {
  return live(async () => (await recall(database, 'callMe')) ?? null)
}

/** Those made here, the newest first: also without the network. */
export function madeHere(): Live<Invitation[]> {
  return live(async () => ((await recall(database, 'invitations')) ?? []).map(ofThisPhone))
}

/** All that are open, as the server has them. What is not among them is forgotten here. Throws Problem or Unreachable. */
export async function openInvitations(): Promise<Invitation[]> {
  const open = await getInvitations()
  const ids = new Set(open.map(({ id }) => id))
  const made = await changeMade((known) => known.filter(({ id }) => ids.has(id)))
  const here = new Map(made.map((one) => [one.id, one]))
  return open.map(({ id, name, createdAt, expiresAt }) => {
    const known = here.get(id)
    return known ? ofThisPhone(known) : { id, name, createdAt, expiresAt, secret: null, code: null }
  })
}

/** Invites one person. Returns the id. Throws Problem, Unreachable or a StorageError. */
export async function invite(name: string): Promise<string> {
  const { id, secret, expiresAt } = await postInvitation(name)
  const made: MadeInvitation = { id, secret, name, createdAt: new Date().toISOString(), expiresAt }
  await changeMade((known) => [made, ...known], name)
  return id
}

/** Takes it back. Throws Problem, Unreachable or a StorageError. */
export async function withdraw(id: string): Promise<void> {
  await deleteInvitation(id)
  await changeMade((known) => known.filter((one) => one.id !== id))
}

/** Makes a code to say aloud, in place of the one before. Throws Problem, Unreachable or a StorageError. */
export async function giveCode(id: string): Promise<{ text: string; until: number }> {
  const asked = Date.now()
  const code = { text: await postCode(id), until: asked + CODE_LASTS }
  await changeMade((known) => known.map((one) => (one.id === id ? { ...one, code } : one)))
  return code
}

/** The link of an invitation. The secret is behind the #, so that no server ever sees it in an address. */
export function linkOf(secret: string): string {
  return `${location.origin}/invited#${secret}`
}

/** The invitation that waits for an answer here. */
export function invitation(): Live<InvitationKey | null> {
  return live(async () => (await recall(database, 'invited')) ?? null)
}

/** Keeps it through sign-up and sign-in, until it is answered; null: it was. Throws a StorageError. */
export async function keepInvitation(key: InvitationKey | null): Promise<void> {
  await save(database, [database.meta], () => remember(database, 'invited', key ?? undefined))
}

/**
 * Says yes. Returns the pair's space. Where the answer got lost it may have worked all the same: the phone
 * pulls in any case. Throws Problem, Unreachable or a StorageError.
 */
export async function accept(key: InvitationKey, name: string): Promise<string> {
  try {
    const pair = await postAccepted(key, name)
    await save(database, [database.meta], async () => {
      await remember(database, 'invited', undefined)
      await remember(database, 'callMe', name)
    })
    return pair
  } finally {
    announce('hurried')
  }
}

async function changeMade(
  change: (known: MadeInvitation[]) => MadeInvitation[],
  callMe?: Meta['callMe'],
): Promise<MadeInvitation[]> {
  return save(database, [database.meta], async () => {
    const known = (await recall(database, 'invitations')) ?? []
    const made = change(known)
    await remember(database, 'invitations', made.length > 0 ? made : undefined)
    if (callMe !== undefined) await remember(database, 'callMe', callMe)
    return made
  })
}

function ofThisPhone({ code, ...made }: MadeInvitation): Invitation {
  return { ...made, code: code ?? null }
}
