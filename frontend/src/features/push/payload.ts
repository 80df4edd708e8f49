/** What a push says: Declarative Web Push with a part for this app. Whatever comes, reading it throws nothing. */

import * as v from 'valibot'

const orNull = <S extends v.GenericSchema>(schema: S) => v.fallback(v.nullish(schema, null), null)

/** For this app: what the push is about. */
const toldSchema = v.object({
  kind: v.string(),
  /** Names the occurrence; the notification's tag as well. */
  key: v.string(),
  reminder: orNull(v.string()),
  /** The local date and the time on the clock that it is for: "2026-11-22", "08:00". */
  date: orNull(v.pipe(v.string(), v.isoDate())),
  slot: orNull(v.pipe(v.string(), v.regex(/^\d\d:\d\d$/))),
  dueAt: orNull(v.string()),
  skipHours: orNull(v.number()),
  /** The zone that the server went by, and whether it follows the phone. */
  zone: orNull(v.string()),
  follows: v.fallback(v.boolean(), false),
  /** The pair's space, and the row in it by which a buddy asks for company. */
  pair: orNull(v.string()),
  ask: orNull(v.string()),
})

const text = v.fallback(v.string(), '')

const notificationSchema = v.object({
  title: text,
  body: text,
  navigate: text,
  tag: text,
  lang: text,
  silent: v.fallback(v.boolean(), false),
  data: v.optional(v.unknown()),
})

const pushSchema = v.object({ notification: notificationSchema, leeward: v.optional(v.unknown()) })

export type Told = v.InferOutput<typeof toldSchema>

export interface Push {
  title: string
  body: string
  /** Where a tap leads: a path of this app. */
  path: string
  tag: string
  lang: string
  silent: boolean
  /** Null: nothing that this app knows. */
  told: Told | null
}

/** A push as text; null where it is none of ours. */
export function readPush(content: string | null, origin: string): Push | null {
  try {
    return pushOf(JSON.parse(content ?? ''), origin)
  } catch {
    return null
  }
}

/** The notification that the browser proposes to show by itself (WebKit gives the worker this instead of the text). */
export function proposedPush(notification: unknown, origin: string): Push | null {
  return pushOf({ notification: readable(notification) }, origin)
}

function pushOf(content: unknown, origin: string): Push | null {
  const read = v.safeParse(pushSchema, content)
  if (!read.success) return null
  const { notification, leeward } = read.output
  const { title, body, navigate, tag, lang, silent, data } = notification
  const told = v.safeParse(toldSchema, leeward ?? data)
  const known = told.success ? told.output : null
  if (title === '' && body === '') return null
  return { title, body, path: pathOf(navigate, origin, known), tag, lang, silent, told: known }
}

/** The properties of a Notification stand on its prototype, where no schema looks. */
function readable(notification: unknown): unknown {
  if (typeof notification !== 'object' || notification === null) return undefined
  const { title, body, navigate, tag, lang, silent, data } = notification as Record<string, unknown>
  return { title, body, navigate, tag, lang, silent, data }
}

/** No push leads out of this app. The time on the clock goes along: Today says which evening it came from. */
function pathOf(navigate: string, origin: string, told: Told | null): string {
  if (!URL.canParse(navigate, origin)) return '/'
  const address = new URL(navigate, origin)
  if (address.origin !== origin) return '/'
  const slot = told?.slot ?? null
  if (slot !== null && address.searchParams.has('date')) address.searchParams.set('time', slot)
  return address.pathname + address.search
}
