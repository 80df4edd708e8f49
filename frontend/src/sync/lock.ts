/** One at a time in a browser, whoever does it: a tab, another, the worker. */

import { PATIENCE } from '../api/client'

/** Longer than any request is allowed to take: who holds the lock beyond that has been frozen, not busy. */
const LONGEST_SYNC = PATIENCE + 5_000

const tails = new Map<string, Promise<unknown>>()

/** Runs `work` when nobody else syncs. Thrift only: the numbers keep it right. */
export async function withSyncLock<T>(work: () => Promise<T>): Promise<T> {
  return withLock('leeward-sync', LONGEST_SYNC, work)
}

/** Runs `work` when nobody else holds this lock, or after `longestWait` milliseconds all the same. */
export async function withLock<T>(name: string, longestWait: number, work: () => Promise<T>): Promise<T> {
  const locks = 'locks' in navigator ? navigator.locks : undefined
  if (locks === undefined) return inTurn(name, work)
  const started = new AbortController()
  const timer = setTimeout(() => started.abort(), longestWait)
  try {
    return await locks.request(name, { signal: started.signal }, () => {
      clearTimeout(timer)
      return work()
    })
  } catch (error) {
    if (!started.signal.aborted) throw error
    return await inTurn(name, work)
  } finally {
    clearTimeout(timer)
  }
}

/** Without Web Locks at least this tab takes its turns. */
function inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
  const turn = (tails.get(name) ?? Promise.resolve()).then(work, work)
  tails.set(
    name,
    turn.catch(() => undefined),
  )
  return turn
}
