import { beforeEach, expect, test } from 'vitest'

import { KEEP_UNSAID } from './apply'
import { phoneOfAda, serverWithAda } from './testing/ada'
import { checkIn } from './testing/check_in'
import type { ModelServer } from './testing/model_server'

let server: ModelServer

beforeEach(() => {
  server = serverWithAda()
})

test('where the space is gone, what holds no words leaves nothing behind', async () => {
  server.gone.add('pairs.rename').add('pairs.end')
  const phone = await phoneOfAda(server)
  await phone.mutate('pairs.rename', { pair: 'gone', name: 'Ada' })
  await phone.mutate('pairs.end', { pair: 'gone' })
  expect(await phone.store.table('pair_changes').count()).toBe(1)
  await phone.sync()
  expect(await phone.store.outbox.count()).toBe(0)
  expect(await phone.store.needs_look.count()).toBe(0)
  expect(await phone.store.table('pair_changes').count()).toBe(0)
})

test('refused for another reason, it needs a look all the same', async () => {
  server.unknown.add('pairs.end')
  const phone = await phoneOfAda(server)
  await phone.mutate('pairs.end', { pair: 'there' })
  await phone.sync()
  expect((await phone.store.needs_look.toArray()).map(({ reason }) => reason)).toEqual(['unknown-mutation'])
})

test('words for somebody who is gone stay for seven days, whatever the clock says', async () => {
  server.gone.add('check_ins.record')
  const phone = await phoneOfAda(server)
  await phone.mutate('check_ins.record', checkIn({ note: 'unsaid' }))
  await phone.sync()
  const days = async (count: number) => {
    for (let day = 0; day < count; day += 1) {
      phone.clockAhead += KEEP_UNSAID / 7
      await phone.sync()
    }
  }
  await days(5)
  phone.clockAhead += 10 * KEEP_UNSAID
  await phone.sync()
  expect(await phone.store.needs_look.count()).toBe(1)
  await days(2)
  expect(await phone.store.needs_look.count()).toBe(0)
})
