/** What can be asked of the server, read off its own description (schema.d.ts: `npm run api`). */

import type { paths } from './schema'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** The addresses that take this method. */
export type PathOf<M extends Method> = {
  [P in keyof paths]: paths[P] extends Record<Lowercase<M>, { responses: unknown }> ? P : never
}[keyof paths]

type Operation<M extends Method, P extends keyof paths> = paths[P][Lowercase<M>]

/** What it wants to be sent; undefined: nothing. */
export type BodyOf<M extends Method, P extends keyof paths> =
  Operation<M, P> extends { requestBody: { content: { 'application/json': infer Body } } } ? Body : undefined

/** What it answers when all is well; undefined: nothing. */
export type ReplyOf<M extends Method, P extends keyof paths> =
  Operation<M, P> extends { responses: infer Responses } ? Content<Good<Responses>> : never

type Good<Responses> = Responses extends { 200: infer Reply } | { 201: infer Reply } | { 202: infer Reply }
  ? Reply
  : undefined

type Content<Reply> = Reply extends { content: { 'application/json': infer Body } } ? Body : undefined

/** What stands for `{…}` in the address. */
export type ParametersOf<P extends keyof paths> = P extends `${string}{${infer Name}}${string}`
  ? Record<Name, string>
  : unknown
