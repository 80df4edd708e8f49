/** What is asked of the server about reaching out. Each throws Problem or Unreachable. */

import * as v from 'valibot'

import { request, tell } from '../../api/client'
import type { ReachOutPart, ReachOutState, Wished } from './reach_out_model'

const standingSchema = v.object({
  state: v.picklist(['open', 'found', 'nobody', 'ended']),
  parts: v.array(v.object({ pair: v.string(), state: v.picklist(['waiting', 'asked', 'unreachable']) })),
})

/** Said twice, it is one reach-out. `now`: milliseconds of this phone's clock. */
export function putReachOut(
  { id, want, pairs, minutes, begunAt }: Wished,
  now: number,
): Promise<{ state: ReachOutState; parts: ReachOutPart[] }> {
  const body = {
    want,
    pairs,
    minutes,
    begunAt: new Date(begunAt).toISOString(),
    sentAt: new Date(now).toISOString(),
  }
  return request('PUT', '/api/reach-outs/{reach_out_id}', standingSchema, {
    reach_out_id: id,
    body,
  })
}

export function deleteReachOut(id: string): Promise<void> {
  return tell('DELETE', '/api/reach-outs/{reach_out_id}', { reach_out_id: id })
}
