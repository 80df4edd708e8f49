/**
 * The numbers Help now shows. The app carries the server's own data file, so they are here offline, signed out and
 * on a phone whose storage is closed. When the server has a newer edition, it is kept beside the app's files.
 */

import raw from '../../../../app/safety/data/helplines.json?raw'
import * as v from 'valibot'

const NUMBER = v.pipe(v.string(), v.regex(/^\+?[\d ]+$/))

const LINE = v.object({
  name: v.string(),
  phone: v.nullable(NUMBER),
  /** With `*` or `#`: no link dials it, a hand does. */
  dialByHand: v.nullish(v.string(), null),
  /** What to press once the call is answered. */
  thenDial: v.nullish(v.string(), null),
  /** Where to send a text, and the word to send where one is known. */
  sms: v.nullable(v.object({ to: NUMBER, text: v.nullable(v.string()) })),
  hours: v.string(),
  languages: v.array(v.string()),
  forWhom: v.string(),
  cost: v.picklist(['free', 'standard', 'unknown']),
  url: v.string(),
  /** Where the number was seen, and the words there. */
  source: v.string(),
  sourceSays: v.string(),
  /** `memory`: nobody has seen it at a source. */
  confirmed: v.picklist(['read', 'memory']),
  /** What is shaky. One this app does not know yet still says that something is. */
  doubts: v.optional(v.array(v.string()), []),
  /** The day (2026-11-22) a steward of this instance checked it; null until one did. */
  verified: v.nullable(v.pipe(v.string(), v.isoDate())),
})

const REGION = v.object({
  /** ISO 3166-1 alpha-2. */
  region: v.pipe(v.string(), v.regex(/^[A-Z]{2}$/)),
  /** The general one first. */
  emergency: v.pipe(v.array(NUMBER), v.minLength(1)),
  lines: v.array(LINE),
})

const HELPLINES = v.object({ regions: v.array(REGION) })

export type Helpline = v.InferOutput<typeof LINE>
export type Region = v.InferOutput<typeof REGION>
export type Helplines = v.InferOutput<typeof HELPLINES>

/** Reads what the app carries or the server sent; throws what valibot throws if it is anything else. */
export function readHelplines(text: string): Helplines {
  return v.parse(HELPLINES, JSON.parse(text))
}

/** The edition this app was built with. */
export function carriedHelplines(): Helplines {
  return readHelplines(raw)
}

const ADDRESS = '/api/helplines'
const CACHE = 'leeward-helplines'
/** As long as any other request may take. */
const PATIENCE_MS = 20_000

/** The newer edition the server gave earlier; null where the carried one is the newest known. */
export async function keptHelplines(): Promise<Helplines | null> {
  const kept = await (await openCache())?.match(await addressOfKept())
  return kept === undefined ? null : readHelplines(await kept.text())
}

/**
 * Asks the server for a newer edition and keeps it; null where there is none or nobody answers.
 * Sent without the session: nobody learns who opened Help now.
 */
export async function askForNewer(): Promise<Helplines | null> {
  const cache = await openCache()
  const address = await addressOfKept()
  const known = (await cache?.match(address))?.headers.get('ETag') ?? (await carriedEdition())
  const reply = await fetch(ADDRESS, {
    credentials: 'omit',
    headers: { 'If-None-Match': known },
    signal: AbortSignal.timeout(PATIENCE_MS),
  })
  if (reply.status !== 200) return null
  const newer = readHelplines(await reply.clone().text())
  if (cache !== null) {
    for (const old of await cache.keys()) await cache.delete(old)
    await cache.put(address, reply)
  }
  return newer
}

/** A kept edition counts only beside the carried one it was newer than: an update of the app brings its own. */
async function addressOfKept(): Promise<string> {
  return `${ADDRESS}?carried=${encodeURIComponent(await carriedEdition())}`
}

/** The server's ETag of the carried edition: the SHA-256 of the data file, in quotes. */
export async function carriedEdition(): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(raw))
  return `"${[...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}"`
}

async function openCache(): Promise<Cache | null> {
  return 'caches' in globalThis ? await caches.open(CACHE) : null
}
