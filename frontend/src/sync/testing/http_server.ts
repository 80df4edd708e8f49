/** A running Leeward, spoken to as a browser would: one account with its cookie for each history. */

import { randomInt } from 'node:crypto'
import { readFileSync } from 'node:fs'

import type { RawReply } from '../../api/client'
import { CONSENT } from '../../features/accounts/requests'
import { randomId } from '../../store/ids'
import { readReply, type WireRow } from '../wire'
import type { Session } from './model_server'
import type { Answering } from './phone'

interface Member {
  readonly account: string
  readonly cookie: string
}

/** Members who are signed in already, from the file that LEEWARD_MEMBERS names: each is used once. */
const membersFile = process.env['LEEWARD_MEMBERS']
const members = membersFile === undefined ? [] : (JSON.parse(readFileSync(membersFile, 'utf8')) as Member[])

export class HttpServer implements Answering {
  readonly #cookies = new Map<string, string>()

  constructor(private readonly address: string) {}

  /** Somebody who has written nothing yet. Returns the account's id. */
  async newcomer(): Promise<string> {
    const member = members.pop()
    if (member === undefined) return await this.#signUp()
    this.#cookies.set(member.account, member.cookie)
    return member.account
  }

  async #signUp(): Promise<string> {
    const response = await this.#post(
      '/api/accounts',
      JSON.stringify({
        name: `m${randomId()}`,
        password: randomId(),
        adult: true,
        consent: CONSENT,
        deviceLabel: 'a test',
      }),
      // Everybody comes from an address of their own: the limits on one are not what is tested here.
      { 'x-forwarded-for': `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}` },
    )
    if (response.status !== 201) throw new Error(`no account: ${response.status} ${await response.text()}`)
    const { account } = (await response.json()) as { account: { id: string } }
    this.#cookies.set(account.id, response.headers.getSetCookie().join('; '))
    return account.id
  }

  async answer(body: string, session: Session | null): Promise<RawReply> {
    const cookie = session === null ? undefined : this.#cookies.get(session.account)
    const response = await this.#post('/api/sync', body, cookie === undefined ? {} : { cookie })
    return {
      status: response.status,
      type: response.headers.get('content-type') ?? '',
      retryAfter: null,
      text: await response.text(),
    }
  }

  /** What a new phone of the member's would get, in one page. */
  async rowsOf(account: string): Promise<WireRow[]> {
    const request = {
      device: randomId(),
      owner: account,
      build: 'app-1',
      sentAt: new Date().toISOString(),
      cookie: null,
      mutations: [],
      confirmed: [],
    }
    const { text } = await this.answer(JSON.stringify(request), { account })
    const reply = readReply(JSON.parse(text))
    if (reply?.outcome !== 'ok' || reply.more) throw new Error('not what was asked for')
    return reply.rows.filter(({ deleted }) => !deleted)
  }

  #post(path: string, body: string, headers: Record<string, string>): Promise<Response> {
    return fetch(this.address + path, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', origin: this.address, ...headers },
    })
  }
}
