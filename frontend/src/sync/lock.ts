/** One sync at a time in a browser, whoever runs it: a tab, another, the worker. Thrift only: the numbers keep it right. */

import { PATIENCE } from '../api/client'

const LOCK = 'leeward-sync'
/** Longer than any request is allowed to take: who holds the lock beyond that has been frozen, not busy. */
const LONGEST_WAIT = PATIENCE + 5_000

let tail: Promise<unknown> = Promise.resolve()

/** Runs `work` when nobody else syncs. */
export async function withSyncLock<T>(work: () => Promise<T>): Promise<T> {
  const locks = 'locks' in navigator ? navigator.locks : undefined
  if (locks === undefined) return inTurn(work)
  const started = new AbortController()
  const timer = setTimeout(() => started.abort(), LONGEST_WAIT)
  try {
    return await locks.request(LOCK, { signal: started.signal }, () => {
      clearTimeout(timer)
      return work()
    })
  } catch (error) {
    if (!started.signal.aborted) throw error
    return await inTurn(work)
  } finally {
    clearTimeout(timer)
  }
}

/** Without Web Locks at least this tab takes its turns. */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const turn = tail.then(work, work)
  tail = turn.catch(() => undefined)
  return turn
}
