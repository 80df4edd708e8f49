/**
 * Signing up, in and out, and whose store this is.
 *
 * The store knows its owner: what waits here for one person is never sent for another, and what was written before
 * there was an account goes into one only when the person said so (at sign-up, or by answering the question).
 */

import { Problem, Unreachable } from '../../api/client'
import { database, recall, remember } from '../../store/database'
import { erase } from '../../store/erase'
import type { Owner } from '../../store/lines'
import { save } from '../../store/saving'
import { announce } from '../../sync/wanted'
import { deviceLabel } from './device_label'
import {
  deleteSession,
  getAccount,
  postAccount,
  postDeletion,
  postRecovery,
  postRecoveryCodes,
  postSession,
  type Credentials,
} from './requests'

/** The server said no; `problem.code` and `problem.field` say where. */
export interface NotTaken {
  outcome: 'refused'
  problem: Problem
}

/** Nothing is known to have happened; it is safe to try again. */
export interface NotReached {
  outcome: 'unreachable'
}

/** Another person's store: nothing was sent. `unsent` changes of theirs would be lost by erasing. */
export interface OtherOwner {
  outcome: 'other-owner'
  name: string
  unsent: number
}

export type SignUpOutcome =
  { outcome: 'signed-up'; recoveryCodes: string[] } | AskToAdopt | OtherOwner | NotTaken | NotReached

/** `count` check-ins were made here before signing in: call `adopt`, `startFresh` or `stayWithoutAccount`. */
export interface AskToAdopt {
  outcome: 'ask-to-adopt'
  count: number
}

export type SignInOutcome = { outcome: 'signed-in' } | AskToAdopt | OtherOwner | NotTaken | NotReached

export type SignOutOutcome = { outcome: 'signed-out' } | { outcome: 'unsent'; count: number }

export type DeletionOutcome = { outcome: 'deleted' } | NotTaken | NotReached

export interface SignInOptions {
  /** The person chose to erase what another left on this phone. */
  eraseOther?: boolean
}

/** Makes an account and sends it what is on this phone. Throws a StorageError. */
export function signUp(credentials: Credentials): Promise<SignUpOutcome> {
  return answered(async (): Promise<SignUpOutcome> => {
    const owner = await recall(database, 'owner')
    if (owner !== undefined && owner !== null) return otherOwner(owner)
    await finishSignOut()
    const earlier = await recall(database, 'signingUp')
    const now = Date.now()
    // If the answer gets lost, the next try must know that this may have worked.
    await keep('signingUp', { name: credentials.name, at: now })
    try {
      const { account, recoveryCodes } = await postAccount(credentials, deviceLabel())
      await own(account)
      return { outcome: 'signed-up', recoveryCodes }
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      if (error.code === 'name-taken') {
        return perhapsOurs(credentials, earlier?.name === credentials.name ? earlier.at : now, error)
      }
      await keep('signingUp', undefined)
      throw error
    }
  })
}

/** Signs in. Throws a StorageError. */
export function signIn(credentials: Credentials, options: SignInOptions = {}): Promise<SignInOutcome> {
  return answered(async () => {
    await finishSignOut()
    const { account } = await postSession(credentials, deviceLabel())
    return settle(account, options)
  })
}

/** Signs in with a recovery code and a new password. Throws a StorageError. */
export function recover(
  credentials: Credentials,
  code: string,
  options: SignInOptions = {},
): Promise<SignInOutcome> {
  return answered(async () => {
    await finishSignOut()
    const { account } = await postRecovery(credentials, code, deviceLabel())
    return settle(account, options)
  })
}

/** Adds what is on this phone to the account just signed in to. False where no question is open any more. */
export async function adopt(): Promise<boolean> {
  const question = await recall(database, 'question')
  if (question === undefined) return false
  await own(question.account)
  return true
}

/** Erases what is on this phone and takes what the account has. False where no question is open any more. */
export async function startFresh(): Promise<boolean> {
  const question = await recall(database, 'question')
  if (question === undefined) return false
  const invited = await recall(database, 'invited')
  await erase(database, {
    owner: question.account,
    session: 'signed-in',
    // Whoever was invited into it is just coming in.
    ...(invited && { invited }),
  })
  announce('hurried')
  return true
}

/** Answers the question with no: the phone goes on without an account, with all it has. */
export async function stayWithoutAccount(): Promise<void> {
  await save(database, [database.meta], async () => {
    await remember(database, 'question', undefined)
    await remember(database, 'signOutPending', true)
  })
  await tryFinishSignOut()
}

/** Signs out and empties this phone; says first how much was never sent, unless `force`. Works without a network. */
export async function signOut({ force = false }: { force?: boolean } = {}): Promise<SignOutOutcome> {
  if (!force) {
    const count = await unsent()
    if (count > 0) return { outcome: 'unsent', count }
  }
  await erase(database, { signOutPending: true })
  await tryFinishSignOut()
  return { outcome: 'signed-out' }
}

/** Deletes the account after its name was typed, and empties this phone. Throws a StorageError. */
export function deleteAccount(name: string): Promise<DeletionOutcome> {
  return answered(async () => {
    await postDeletion(name)
    await erase(database)
    return { outcome: 'deleted' as const }
  })
}

/** Recovery codes are on the screen; false: they have been put away. Outlives the tab, which the codes must not. */
export async function codesAreShown(shown: boolean): Promise<void> {
  await keep('codesShown', shown || undefined)
}

/** What happened by itself has been said. */
export async function dismissNotice(): Promise<void> {
  await keep('notice', undefined)
}

/**
 * Tells the server that somebody signed out here while it could not be reached: first thing at the next contact.
 * Throws Unreachable when that is not possible yet; nothing else may be asked of the server before.
 */
export async function finishSignOut(): Promise<void> {
  if ((await recall(database, 'signOutPending')) !== true) return
  try {
    await deleteSession()
  } catch (error) {
    // Whatever the server says about a session that is no longer there, it is no longer there.
    if (!(error instanceof Problem) || error.status >= 500) throw error
  }
  await keep('signOutPending', undefined)
}

/**
 * A session without an owner: the app was closed between the server's yes and the store's.
 * Takes up where it stopped. Throws Problem or Unreachable.
 */
export async function settleLostSession(): Promise<void> {
  const { id, name } = await getAccount()
  const signingUp = await recall(database, 'signingUp')
  if (signingUp?.name === name) await own({ id, name })
  else await settle({ id, name }, {})
}

/** Whose session it is now decides what happens to the store. */
async function settle(account: Owner, { eraseOther = false }: SignInOptions): Promise<SignInOutcome> {
  const checkIns = database.table('check_ins')
  const decided = await save(
    database,
    [database.meta, checkIns],
    async (): Promise<SignInOutcome | Owner> => {
      const owner = (await recall(database, 'owner')) ?? null
      if (owner !== null && owner.id !== account.id) return owner
      const count = owner === null ? await checkIns.count() : 0
      if (count > 0) {
        await remember(database, 'question', { account, at: Date.now() })
        return { outcome: 'ask-to-adopt', count }
      }
      await becomeOwner(account)
      return { outcome: 'signed-in' }
    },
  )
  if ('outcome' in decided) {
    announce('hurried')
    return decided
  }
  if (eraseOther) {
    await erase(database, { owner: account, session: 'signed-in' })
    announce('hurried')
    return { outcome: 'signed-in' }
  }
  await save(database, [database.meta], async () => {
    await remember(database, 'session', 'signed-out')
    await remember(database, 'signOutPending', true)
  })
  await tryFinishSignOut()
  return otherOwner(decided)
}

/**
 * The name is taken, perhaps by ourselves: an earlier try whose answer was lost, or this one, for browsers send a
 * request again by themselves when the line breaks before the answer.
 */
async function perhapsOurs(credentials: Credentials, at: number, taken: Problem): Promise<SignUpOutcome> {
  let account: Owner
  try {
    account = (await postSession(credentials, deviceLabel())).account
  } catch (error) {
    if (error instanceof Unreachable) throw error
    await keep('signingUp', undefined)
    throw taken
  }
  const { createdAt } = await getAccount()
  await keep('signingUp', undefined)
  const HOUR = 3_600_000
  if (Math.abs(Date.parse(createdAt) - at) > HOUR) {
    // An account from long ago that has the same name and password: then ask.
    const settled = await settle(account, {})
    return settled.outcome === 'signed-in' ? signedUp(credentials) : settled
  }
  await own(account)
  return signedUp(credentials)
}

async function signedUp({ password }: Credentials): Promise<SignUpOutcome> {
  return { outcome: 'signed-up', recoveryCodes: await postRecoveryCodes(password) }
}

async function own(account: Owner): Promise<void> {
  await save(database, [database.meta], () => becomeOwner(account))
  announce('hurried')
}

async function becomeOwner({ id, name }: Owner): Promise<void> {
  // In step with the library is not in step with an account.
  if ((await recall(database, 'owner'))?.id !== id) await remember(database, 'lastSyncedAt', undefined)
  await remember(database, 'owner', { id, name })
  await remember(database, 'session', 'signed-in')
  await remember(database, 'question', undefined)
  await remember(database, 'signingUp', undefined)
  await remember(database, 'notice', undefined)
}

async function otherOwner({ name }: Owner): Promise<OtherOwner> {
  return { outcome: 'other-owner', name, unsent: await unsent() }
}

/** How many changes of this phone the server does not have. */
async function unsent(): Promise<number> {
  return (await database.outbox.count()) + (await database.needs_look.count())
}

async function tryFinishSignOut(): Promise<void> {
  try {
    await finishSignOut()
  } catch {
    // The marker stays, and the next contact begins with it.
  }
}

async function keep<K extends 'signingUp' | 'notice' | 'signOutPending' | 'codesShown'>(
  key: K,
  value: Parameters<typeof remember<K>>[2],
): Promise<void> {
  await save(database, [database.meta], () => remember(database, key, value))
}

async function answered<T>(work: () => Promise<T>): Promise<T | NotTaken | NotReached> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Problem) return { outcome: 'refused', problem: error }
    if (error instanceof Unreachable) return { outcome: 'unreachable' }
    throw error
  }
}
