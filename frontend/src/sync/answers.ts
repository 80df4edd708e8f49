/** Everything that asking the server can end in, as a closed union. */

import { contentOf, Problem, Unreachable, type RawReply } from '../api/client'
import { readReply, type SyncReply } from './wire'

/** Sends the body of one sync and gives back what came. Throws Unreachable. */
export type Peer = (body: string) => Promise<RawReply>

export type Answer =
  | { kind: 'reply'; reply: SyncReply }
  /** No server, or something else in its stead. It may have heard us all the same. */
  | { kind: 'unreachable' }
  /** The server cannot just now and has changed nothing; `after` in seconds. */
  | { kind: 'busy'; code: string; after: number | null }
  /** It asks not to be asked like this. `ours` tells that it is our server and not a proxy that says so. */
  | { kind: 'too-large' | 'unreadable'; ours: boolean }
  | { kind: 'signed-out' }
  | { kind: 'device-ended' }
  | { kind: 'another-account' }
  | { kind: 'store-without-owner' }

export async function ask(peer: Peer, body: string): Promise<Answer> {
  try {
    const reply = readReply(contentOf(await peer(body)))
    return reply === null ? { kind: 'unreachable' } : { kind: 'reply', reply }
  } catch (error) {
    if (error instanceof Unreachable) {
      return error.status === 413 ? { kind: 'too-large', ours: false } : { kind: 'unreachable' }
    }
    if (error instanceof Problem) return answerOf(error)
    throw error
  }
}

function answerOf({ status, code, retryAfter }: Problem): Answer {
  switch (status) {
    case 401:
      return { kind: code === 'device-ended' ? 'device-ended' : 'signed-out' }
    case 409:
      if (code === 'another-account' || code === 'store-without-owner') return { kind: code }
      break
    case 413:
      return { kind: 'too-large', ours: true }
    case 400:
    case 422:
      return { kind: 'unreadable', ours: true }
  }
  return { kind: 'busy', code, after: retryAfter }
}
