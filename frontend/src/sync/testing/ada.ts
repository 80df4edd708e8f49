/** Ada and her phones, for the tests of one conversation after the other. */

import type { Meta } from '../../store/lines'
import type { SyncRequest } from '../wire'
import { ModelServer } from './model_server'
import { Phone, type Answering } from './phone'

export const ADA = 'ada'

/** A server on which she has an account. */
export function serverWithAda(): ModelServer {
  const server = new ModelServer()
  server.addAccount(ADA)
  return server
}

/** A phone on which she is signed in. */
export async function phoneOfAda(server: Answering, name = 'phone'): Promise<Phone> {
  const phone = new Phone(name, server, { account: ADA })
  await phone.store.meta.put({ key: 'owner', value: { id: ADA, name: ADA } })
  return phone
}

export async function meta<K extends keyof Meta>({ store }: Phone, key: K): Promise<Meta[K] | undefined> {
  return (await store.meta.get(key))?.value as Meta[K] | undefined
}

/** Everything the phone has asked. */
export function requests({ sent }: Phone): SyncRequest[] {
  return sent.map((body) => JSON.parse(body) as SyncRequest)
}
