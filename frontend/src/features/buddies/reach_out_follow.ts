/** What could not be sent at once goes when the network is back, whatever screen is open: as long as it is wanted. */

import { database, recall } from '../../store/database'
import { live } from '../../store/live'
import { announce } from '../../sync/wanted'
import { sendWished } from './reaching_out'
import { isFresh } from './reach_out_rules'

/** Milliseconds between two tries. */
const EVERY = 5_000

/** Follows until the page goes. */
export function followReachOut(): void {
  let timer: ReturnType<typeof setInterval> | undefined
  let trying = false
  const attempt = async (): Promise<void> => {
    if (trying) return
    trying = true
    const sent = await sendWished(database).catch(() => false)
    if (sent) announce('wanted')
    trying = false
  }
  live(() => recall(database, 'wished').then((wished) => wished ?? null)).subscribe((wished) => {
    clearInterval(timer)
    if (wished === undefined || wished === null || !isFresh(wished.begunAt, Date.now())) return
    if (wished.over || wished.state === 'unsent') {
      timer = setInterval(() => {
        if (isFresh(wished.begunAt, Date.now())) void attempt()
        else clearInterval(timer)
      }, EVERY)
    }
  })
  window.addEventListener('online', () => void attempt())
  void attempt()
}
