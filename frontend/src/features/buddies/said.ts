/** What can go wrong with an invitation, in words. */

import { Problem, Unreachable } from '../../api/client'
import { words } from '../../words'
import { sayWrong, type Wrong } from '../accounts/submission.svelte'

/** As `sayWrong`, in the words of invitations where they have some. */
export function sayInvitation(error: unknown): Wrong {
  const say = words().invitations
  if (error instanceof Unreachable) return { fields: {}, whole: say.unreachable }
  if (!(error instanceof Problem)) return sayWrong(error)
  const text = say.problems[error.code]
  if (text === undefined) return sayWrong(error)
  return error.field === null ? { fields: {}, whole: text } : { fields: { [error.field]: text }, whole: null }
}

/** The same, of codes: they are counted, and a link is the way that is not. */
export function sayCode(error: unknown): Wrong {
  if (!(error instanceof Problem) || error.code !== 'too-many-tries') return sayInvitation(error)
  const minutes = Math.max(1, Math.ceil((error.retryAfter ?? 60) / 60))
  return { fields: {}, whole: words().invitations.code.tooMany(minutes) }
}

/** What an invitation that nobody can use (any more) is told about; null: it may still open. */
export function sayOver(code: string): { title: string; text: string } | null {
  return words().invitations.over[code] ?? null
}
