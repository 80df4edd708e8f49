/** What the report screen asks the server for. Throws Problem or Unreachable (api/client.ts). */

import * as v from 'valibot'

import { request } from '../../api/client'

const reportingSchema = v.object({
  /** Null: whoever runs the server has named nobody. */
  readBy: v.nullable(v.string()),
  /** Whom the member parted from in the last 14 days. */
  parted: v.array(v.object({ pair: v.string(), name: v.string(), endedAt: v.string() })),
})

export type Reporting = v.InferOutput<typeof reportingSchema>

/** Who reads reports here, and who can still be reported though they are no buddy any more. */
export function aboutReporting(): Promise<Reporting> {
  return request('GET', '/api/reports', reportingSchema, {})
}
