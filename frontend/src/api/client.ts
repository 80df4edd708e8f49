/** The one door to the server: JSON, 20 seconds, and three ways it can end: a reply, a Problem, Unreachable. */

import * as v from 'valibot'

import type { BodyOf, Method, ParametersOf, PathOf, ReplyOf } from './operations'

/** After this a request is given up, whatever the network does. Milliseconds. */
export const PATIENCE = 20_000

/** The server understood and said no. `code` is what the words know. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    /** Which field to look at; null where it is none in particular. */
    readonly field: string | null,
    /** Seconds to wait before the next try; null where the server did not say. */
    readonly retryAfter: number | null,
  ) {
    super(`${status} ${code}`)
  }
}

/** No server, or something in between that answers in its stead (a hotel's sign-in page). It may have heard us all the same. */
export class Unreachable extends Error {
  constructor(
    cause?: unknown,
    /** The HTTP status of what answered; null where nothing did. */
    readonly status: number | null = null,
  ) {
    super('unreachable', { cause })
  }
}

const problemSchema = v.object({
  code: v.string(),
  detail: v.optional(v.string(), ''),
  field: v.nullish(v.string()),
})

/** What came back, not looked at yet. */
export interface RawReply {
  status: number
  /** The content type. */
  type: string
  /** Seconds; null where the server did not say. */
  retryAfter: number | null
  text: string
}

/** What goes with a request: its body, and what stands for `{…}` in its address. */
type Sent<M extends Method, P extends PathOf<M>> = (BodyOf<M, P> extends undefined
  ? { body?: undefined }
  : { body: BodyOf<M, P> }) &
  ParametersOf<P>

/** Asks for something that answers with nothing. Throws Problem or Unreachable. */
export async function tell<M extends Method, P extends PathOf<M>>(
  method: M,
  path: P,
  sent: Sent<M, P>,
): Promise<void> {
  await exchange(method, path, sent)
}

/**
 * Asks, and checks that the answer is what the server's description says. Throws Problem or Unreachable: one that
 * is not like that did not come from our server.
 */
export async function request<M extends Method, P extends PathOf<M>, Output>(
  method: M,
  path: P,
  schema: v.GenericSchema<ReplyOf<M, P>, Output>,
  sent: Sent<M, P>,
): Promise<Output> {
  const read = v.safeParse(schema, await exchange(method, path, sent))
  if (!read.success) throw new Unreachable(read.issues)
  return read.output
}

async function exchange(
  method: Method,
  path: string,
  { body, ...parameters }: { body?: unknown } & Record<string, unknown>,
): Promise<unknown> {
  const address = path.replace(/\{(\w+)\}/g, (_all, name: string) =>
    encodeURIComponent(String(parameters[name])),
  )
  return contentOf(await send(method, address, body === undefined ? null : JSON.stringify(body)))
}

const asking = new Set<AbortController>()

/** Gives up everything that is being asked from here just now; it ends as Unreachable. */
export function hangUp(): void {
  for (const request of asking) request.abort()
}

/** Sends it and gives back whatever came, within PATIENCE. Throws Unreachable. */
export async function send(method: Method, path: string, body: string | null): Promise<RawReply> {
  const request = new AbortController()
  const timer = setTimeout(() => request.abort(), PATIENCE)
  asking.add(request)
  try {
    const response = await fetch(path, {
      method,
      body,
      headers: body === null ? {} : { 'content-type': 'application/json' },
      credentials: 'same-origin',
      cache: 'no-store',
      // Our server redirects nothing here: whoever does is somebody in between.
      redirect: 'error',
      signal: request.signal,
    })
    return {
      status: response.status,
      type: response.headers.get('content-type') ?? '',
      retryAfter: secondsOf(response.headers.get('retry-after')),
      text: await response.text(),
    }
  } catch (error) {
    throw new Unreachable(error)
  } finally {
    clearTimeout(timer)
    asking.delete(request)
  }
}

/** The decoded body of a good reply, undefined for an empty one. Throws the Problem it is, or Unreachable. */
export function contentOf(reply: RawReply): unknown {
  const content = decoded(reply)
  if (reply.status >= 200 && reply.status < 300) return content
  const read = v.safeParse(problemSchema, content)
  if (!read.success) throw new Unreachable(read.issues, reply.status)
  const { code, detail, field } = read.output
  throw new Problem(reply.status, code, detail, field ?? null, reply.retryAfter)
}

function decoded({ status, type, text }: RawReply): unknown {
  if (text === '') return undefined
  if (!/\bjson\b/.test(type)) throw new Unreachable(type, status)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Unreachable(error, status)
  }
}

function secondsOf(header: string | null): number | null {
  const seconds = Number.parseInt(header ?? '', 10)
  return Number.isNaN(seconds) ? null : seconds
}
