/** The one door to the server: JSON, 20 seconds, and three ways it can end: a reply, a Problem, Unreachable. */

import * as v from 'valibot'

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
  constructor(cause?: unknown) {
    super('unreachable', { cause })
  }
}

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

const problemSchema = v.object({
  code: v.string(),
  detail: v.optional(v.string(), ''),
  field: v.nullish(v.string()),
})

/** Sends JSON and gives back the status and the decoded body. Throws Problem or Unreachable. */
export async function exchange(method: Method, path: string, body?: unknown): Promise<unknown> {
  const { response, text } = await send(method, path, body === undefined ? null : JSON.stringify(body))
  const content = contentOf(response, text)
  if (response.ok) return content
  throw problemOf(response, content)
}

/** The same for a reply that must have a certain shape. One that has not counts as Unreachable: it was not our server. */
export async function request<S extends v.GenericSchema>(
  method: Method,
  path: string,
  schema: S,
  body?: unknown,
): Promise<v.InferOutput<S>> {
  const read = v.safeParse(schema, await exchange(method, path, body))
  if (!read.success) throw new Unreachable(read.issues)
  return read.output
}

async function send(
  method: Method,
  path: string,
  body: string | null,
): Promise<{ response: Response; text: string }> {
  try {
    const response = await fetch(path, {
      method,
      body,
      headers: body === null ? {} : { 'content-type': 'application/json' },
      credentials: 'same-origin',
      cache: 'no-store',
      // Our server redirects nothing here: whoever does is somebody in between.
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE),
    })
    return { response, text: await response.text() }
  } catch (error) {
    throw new Unreachable(error)
  }
}

/** The decoded body; undefined for an empty one. */
function contentOf(response: Response, text: string): unknown {
  if (text === '') return undefined
  const type = response.headers.get('content-type') ?? ''
  if (!/\bjson\b/.test(type)) throw new Unreachable(`${response.status} ${type}`)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Unreachable(error)
  }
}

function problemOf(response: Response, content: unknown): Problem | Unreachable {
  const read = v.safeParse(problemSchema, content)
  if (!read.success) return new Unreachable(response.status)
  const { code, detail, field } = read.output
  const seconds = Number.parseInt(response.headers.get('retry-after') ?? '', 10)
  return new Problem(response.status, code, detail, field ?? null, Number.isNaN(seconds) ? null : seconds)
}
