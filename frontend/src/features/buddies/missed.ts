/** Reading and choosing what is said to a buddy when there is no check-in for a while. */

import * as v from 'valibot'

import { database, recall, remember } from '../../store/database'
import { live, type Live } from '../../store/live'
import { save } from '../../store/saving'
import { mutate } from '../../sync/mutate'
import { draftOfMissed } from './missed_draft'
import type { Hello, MissedCheckIn } from './missed_kind'
import type { Pair } from './model'
import { onOneLine } from './rules'

export const AFTER_HOURS = [24, 48, 72, 168] as const
/** Code points. */
export const LONGEST_HELLO = 120
/** Days for which the page of two shows that somebody was to say hello. */
const SHOWN_DAYS = 7

/** What is set for a pair; null: nothing was. */
export function missedIn(pair: Pair): Live<MissedCheckIn | null> {
  return live(
    async () => (await database.table<MissedCheckIn, string>('missed_check_ins').get(pair.me.id)) ?? null,
  )
}

/** Saved on this phone, and on its way; the draft of its words is forgotten in the same breath. Throws a StorageError. */
export function setMissed(wish: MissedCheckIn): Promise<void> {
  return mutate('missed_check_ins.set', { ...wish, words: onOneLine(wish.words) }, draftOfMissed(wish.pair))
}

/** That there was no check-in of theirs, as long as it is news and this member has not put it away; else null. */
export function helloFrom(pair: string, writer: string, now: number): Live<Hello | null> {
  return live(async () => {
    const hello = await database.table<Hello, string>('hellos').get(writer)
    if (hello?.pair !== pair || now - Date.parse(hello.at) > SHOWN_DAYS * 86_400_000) return null
    const seen = (await recall(database, 'putAway')) ?? {}
    return seen[`hello:${writer}`] === hello.at ? null : hello
  })
}

/** The words of one's own that stand with the other now; null: none do. */
export function ownHello(pair: Pair): Live<Hello | null> {
  return live(async () => (await database.table<Hello, string>('hellos').get(pair.me.id)) ?? null)
}

const agreementSchema = v.object({ state: v.string(), reviewOn: v.nullable(v.string()) })

/** Whether the two have agreed on something: before that nothing is said to anybody. */
export function hasAgreement(pair: string): Live<boolean> {
  return live(async () => {
    const rows = await database.server_rows.where('space').equals(pair).toArray()
    return rows.some(({ kind, data }) => kind === 'agreement' && isInForce(data))
  })
}

function isInForce(data: unknown): boolean {
  const read = v.safeParse(agreementSchema, data)
  return read.success && read.output.state === 'in-force'
}

/** The day on which the two wanted to look at their agreement again, once it has come and until it is put away. */
export function reviewDue(pair: string, today: string): Live<string | null> {
  return live(async () => {
    const rows = await database.server_rows.where('space').equals(pair).toArray()
    const seen = (await recall(database, 'putAway')) ?? {}
    for (const { kind, data } of rows) {
      if (kind !== 'agreement') continue
      const read = v.safeParse(agreementSchema, data)
      if (!read.success || read.output.state !== 'in-force') continue
      const { reviewOn } = read.output
      if (reviewOn !== null && reviewOn <= today && seen[`review:${pair}`] !== reviewOn) return reviewOn
    }
    return null
  })
}

/** A card of the page of two goes, on this phone alone; `what` it is of, and which one. Throws a StorageError. */
export async function putAway(what: 'hello' | 'review', of: string, which: string): Promise<void> {
  await save(database, [database.meta], async () => {
    const before = (await recall(database, 'putAway')) ?? {}
    await remember(database, 'putAway', { ...before, [`${what}:${of}`]: which })
  })
}
