/** What goes over the wire of POST /api/sync, and the check that what comes back is that. */

import * as v from 'valibot'

export interface WireMutation {
  number: number
  id: string
  name: string
  args: unknown
}

export interface SyncRequest {
  device: string
  /** The account whose store this is. */
  owner: string | null
  /** This app's build. */
  build: string
  /** ISO, UTC, this phone's clock: what "in the future" is judged against. */
  sentAt: string
  /** As the last reply gave it; null: everything, please. */
  cookie: unknown
  mutations: WireMutation[]
  /** Refusals that are safe in "needs a look". */
  confirmed: number[]
}

const number = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

const headSchema = v.object({
  epoch: v.string(),
  build: v.string(),
  outcome: v.picklist(['ok', 'forked', 'gap', 'epoch-changed']),
  last: number,
})

const bodySchema = v.object({
  refusals: v.array(v.object({ number, id: v.string(), name: v.string(), reason: v.string() })),
  fault: v.nullable(v.object({ number, attempts: number })),
  spaces: v.array(
    v.object({
      id: v.string(),
      kind: v.string(),
      role: v.string(),
      /** The row in it that stands for the member; a server of before does not say. */
      me: v.optional(v.nullable(v.string()), null),
    }),
  ),
  whole: v.array(v.string()),
  rows: v.array(
    v.object({
      kind: v.string(),
      space: v.string(),
      id: v.string(),
      version: number,
      deleted: v.boolean(),
      data: v.unknown(),
    }),
  ),
  cookie: v.record(v.string(), v.unknown()),
  more: v.boolean(),
})

export type WireRow = v.InferOutput<typeof bodySchema>['rows'][number]
export type WireRefusal = v.InferOutput<typeof bodySchema>['refusals'][number]

interface Head {
  epoch: string
  build: string
  /** The highest number of this device that the server has dealt with. */
  last: number
}

/** Something was exchanged. */
export type OkReply = Head & { outcome: 'ok' } & v.InferOutput<typeof bodySchema>
/** Nothing was applied; this phone has to put its numbers right first. */
export type NotOkReply = Head & { outcome: 'forked' | 'gap' | 'epoch-changed' }
export type SyncReply = OkReply | NotOkReply

/** The reply, or null for anything that is not whole: a broken reply must change nothing on this phone. */
export function readReply(content: unknown): SyncReply | null {
  const head = v.safeParse(headSchema, content)
  if (!head.success) return null
  const { outcome, ...said } = head.output
  if (outcome !== 'ok') return { ...said, outcome }
  const body = v.safeParse(bodySchema, content)
  return body.success ? { ...said, outcome, ...body.output } : null
}
