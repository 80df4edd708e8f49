/** Accounts as the phone meets them over the network: in memory, one browser's cookie jar, and a bad network on demand. */

import { Unreachable, type RawReply } from '../../../api/client'
import { json, problem, type ModelServer } from '../../../sync/testing/model_server'
import type { WireRow } from '../../../sync/wire'

interface AccountRecord {
  id: string
  name: string
  password: string
  createdAt: number
}

type Weather = 'lost-request' | 'lost-reply'

const CODES = Array.from({ length: 10 }, (_, index) => `code-${index}`)

export class AccountServer {
  readonly forecast: Weather[] = []
  /** Every request that arrived: "POST /api/sessions". */
  readonly asked: string[] = []
  readonly #accounts = new Map<string, AccountRecord>()
  /** The browser's cookie: which account its session belongs to. */
  #cookie: string | null = null

  constructor(private readonly rows: ModelServer) {}

  addAccount({ name, password }: { name: string; password: string }, createdAt = Date.now()): AccountRecord {
    const account = { id: `id-of-${name}`, name, password, createdAt }
    this.#accounts.set(name, account)
    this.rows.addAccount(account.id)
    return account
  }

  /** Whose session this browser has; null: nobody's. */
  sessionOf(): string | null {
    return this.#cookie
  }

  /** The session is no more: expired, or its cookie never arrived. */
  forget(): void {
    this.#cookie = null
  }

  rowsOf(name: string): WireRow[] {
    return this.rows.rowsOf(`id-of-${name}`)
  }

  /** POST /api/sync. */
  sync(body: string): Promise<RawReply> {
    const session = this.#cookie === null ? null : { account: this.#cookie }
    return Promise.resolve(this.rows.answer(body, session))
  }

  /** In place of the browser's fetch. */
  readonly fetch = async (path: string, init: { method: string; body: string | null }): Promise<Response> => {
    const weather = this.forecast.shift()
    if (weather === 'lost-request') throw new Unreachable()
    this.asked.push(`${init.method} ${path}`)
    const { status, text, type } = this.#answer(init.method, path, JSON.parse(init.body ?? '{}'))
    if (weather === 'lost-reply') throw new TypeError('connection reset')
    return Promise.resolve(
      new Response(status === 204 ? null : text, { status, headers: { 'content-type': type } }),
    )
  }

  #answer(method: string, path: string, body: unknown): RawReply {
    const { name = '', password = '', code } = body as Partial<Record<string, string>>
    const account = this.#accounts.get(name)
    const current = [...this.#accounts.values()].find(({ id }) => id === this.#cookie)
    switch (`${method} ${path}`) {
      case 'POST /api/accounts':
        if (account !== undefined) return taken()
        return this.#enter(this.addAccount({ name, password }), { recoveryCodes: CODES })
      case 'POST /api/sessions':
        if (account?.password !== password) return problem(401, 'wrong-name-or-password')
        return this.#enter(account, {})
      case 'POST /api/account/recovery':
        if (account === undefined || !CODES.includes(code ?? '')) return problem(403, 'wrong-code')
        return this.#enter(account, {})
      case 'DELETE /api/sessions/current':
        this.#cookie = null
        return json(204, null)
      case 'GET /api/account':
        if (current === undefined) return problem(401, 'signed-out')
        return json(200, {
          id: current.id,
          name: current.name,
          createdAt: new Date(current.createdAt).toISOString(),
          recoveryCodesLeft: 10,
          steward: false,
        })
      case 'POST /api/account/recovery-codes':
        return current?.password === password
          ? json(201, { recoveryCodes: CODES })
          : problem(403, 'wrong-password')
      case 'POST /api/account/deletion':
        if (current?.name !== name) return problem(400, 'not-the-name')
        this.#accounts.delete(name)
        this.#cookie = null
        return json(204, null)
    }
    return problem(404, 'not-found')
  }

  #enter({ id, name }: AccountRecord, more: object): RawReply {
    this.#cookie = id
    return json(201, { account: { id, name }, ...more })
  }
}

function taken(): RawReply {
  const body = { status: 409, code: 'name-taken', detail: 'Somebody has it.', field: 'name' }
  return { ...json(409, body), type: 'application/problem+json' }
}
