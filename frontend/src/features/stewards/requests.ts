/** What a steward's screen asks the server for. Throws Problem or Unreachable (api/client.ts). */

import * as v from 'valibot'

import { request } from '../../api/client'

const moment = v.nullable(v.string())
const serverSchema = v.object({
  pushes: v.array(
    v.object({
      /** A push service, as whoever runs the server allows it. */
      host: v.string(),
      accepted: v.number(),
      acceptedAt: moment,
      /** It did not accept who this server is. */
      refused: v.number(),
      refusedAt: moment,
      /** Null: it has accepted a push since, or all of them. */
      refusingSince: moment,
    }),
  ),
  /** What somebody was seen to do within two minutes. */
  worker: v.object({ wakes: v.boolean(), delivers: v.boolean() }),
})

export type ServerNow = v.InferOutput<typeof serverSchema>
export type PushesTo = ServerNow['pushes'][number]

/** How the server is doing; Problem "not-found" for whoever is no steward. */
export function getServer(): Promise<ServerNow> {
  return request('GET', '/api/steward/server', serverSchema, {})
}
