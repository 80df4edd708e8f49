import 'fake-indexeddb/auto'

import { beforeEach, expect, test } from 'vitest'

import { database } from '../../store/database'
import { AgreementDraft, sawStanding } from './agreement_draft.svelte'
import { NO_PART, type Standing } from './standing'

const PAIR = 'pair'
const whole = { mine: NO_PART, theirs: NO_PART, worried: '', reviewOn: null }
const proposes = (id: string): Standing => ({
  inForce: null,
  proposal: { ...whole, id, by: 'other', sent: true },
  saidYes: false,
})
const NOTHING: Standing = { inForce: null, proposal: null, saidYes: false }

async function begun(standing: Standing): Promise<AgreementDraft> {
  const draft = new AgreementDraft(PAIR)
  await draft.begin(standing)
  return draft
}

beforeEach(async () => {
  await database.open()
  await Promise.all(database.tables.map((table) => table.clear()))
  new AgreementDraft(PAIR).forget()
})

test('a proposal that comes while the questions are answered is not known, on any of their pages', async () => {
  const draft = await begun(proposes('first'))
  draft.change({ worried: 'Ring.' })
  await draft.goOn()
  expect(draft.unread(proposes('first'))).toBe(false)
  const next = await begun(proposes('second'))
  expect(next.unread(proposes('second'))).toBe(true)
})

test('it is not known either when the questions are gone on with on another day', async () => {
  const draft = await begun(NOTHING)
  draft.change({ worried: 'Ring.' })
  await draft.keep()
  draft.forget()
  expect((await begun(proposes('first'))).unread(proposes('first'))).toBe(true)
})

test('it is known once the page of the agreement has shown it', async () => {
  const draft = await begun(NOTHING)
  draft.change({ worried: 'Ring.' })
  await draft.goOn()
  sawStanding(PAIR, proposes('first'))
  expect((await begun(proposes('first'))).unread(proposes('first'))).toBe(false)
})
