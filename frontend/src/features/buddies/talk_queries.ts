/** Reading a conversation from this phone's store. */

import { Dexie } from 'dexie'

import { database } from '../../store/database'
import { live, type Live } from '../../store/live'
import type { Pair } from './model'
import { NO_CHOICE, type Choices, type PairChoice, type PairChoiceChange } from './talk_model'
import type { Reading, ReadingMark, Said } from './talk_model'
import { FIRST_WAITING, nextNudge, stateOf, type State } from './talk_rules'

const said = () => database.table<Said, string>('said')
const readings = () => database.table<Reading, string>('readings')
const marks = () => database.table<ReadingMark, string>('reading_marks')
const choices = () => database.table<PairChoice, string>('pair_choices')
const choiceChanges = () => database.table<PairChoiceChange, string>('pair_choice_changes')

/** One thing said, and by whom; `state` only of the last of one's own, and of what waits. */
export interface Line {
  said: Said
  mine: boolean
  state: State | null
}

export interface Conversation {
  /** The latest first. */
  lines: Line[]
  more: boolean
}

/** What two have said, at most so much of it. */
export function conversationOf({ id, me, other }: Pair, most: number): Live<Conversation> {
  return live(async () => {
    const found = await ofPair(id)
      .reverse()
      .limit(most + 1)
      .toArray()
    const theirs = await readings().get(other.id)
    let toldOfLast = false
    const lines = found.slice(0, most).map((one) => {
      const mine = one.by === null || one.by === me.id
      const told = mine && (one.version === null || !toldOfLast)
      if (mine && one.version !== null) toldOfLast = true
      return { said: one, mine, state: told ? stateOf(one, theirs) : null }
    })
    return { lines, more: found.length > most }
  })
}

/** When the other last wrote, milliseconds UTC; null: there is no message of theirs. */
export function lastWrittenBy({ id, other }: Pair): Live<number | null> {
  return live(async () => {
    const last = await ofPair(id)
      .reverse()
      .filter(({ what, by }) => what === 'message' && by === other.id)
      .first()
    return last?.at ?? null
  })
}

/** When "thinking of you" can be sent to this buddy again, milliseconds UTC; null: now. */
export function nextNudgeTo({ id, me }: Pair): Live<number | null> {
  return live(async () => {
    const since = Date.now() - 24 * 3_600_000
    // The latest are enough: what is older than a day lies behind them all.
    const recent = await ofPair(id)
      .reverse()
      .until(({ at, version }) => version !== null && at < since)
      .toArray()
    const mine = recent.filter(({ by }) => by === null || by === me.id)
    return nextNudge(mine, Date.now())
  })
}

/** The signals that answer a shared check-in, and by whom. */
export function answersTo({ id, me }: Pair, about: string): Live<{ signal: string; mine: boolean }[]> {
  return live(async () => {
    const rows = await said().where('about').equals(about).toArray()
    return rows
      .filter((row) => row.pair === id)
      .flatMap((row) =>
        row.what === 'signal' ? [{ signal: row.signal, mine: row.by === null || row.by === me.id }] : [],
      )
  })
}

/** What one has chosen for a pair, with what waits. */
export function choicesFor(pair: Pick<Pair, 'id' | 'me'>): Live<Choices> {
  return live(() => findChoices(pair))
}

export async function findChoices({ id, me }: Pick<Pair, 'id' | 'me'>): Promise<Choices> {
  // A row that came before there was a choice says nothing of it.
  const {
    id: _row,
    pair: _pair,
    ...chosen
  } = { ...NO_CHOICE, id: '', pair: '', ...(await choices().get(me.id)) }
  const { id: _change, ...changed } = (await choiceChanges().get(id)) ?? { id: '' }
  return { ...chosen, ...changed }
}

/** How far the other's words have come to this phone, and how far that was told. */
export async function gotIn({ id, me }: Pair): Promise<{ has: number; received: number; seen: number }> {
  const last = await said()
    .where('[pair+place]')
    .between([id, Dexie.minKey], [id, FIRST_WAITING])
    .reverse()
    .filter(({ by }) => by !== me.id)
    .first()
  const told = await readings().get(me.id)
  const waiting = await marks().get(id)
  return {
    has: last?.version ?? 0,
    received: Math.max(told?.received ?? 0, waiting?.received ?? 0),
    seen: Math.max(told?.seen ?? 0, waiting?.seen ?? 0),
  }
}

function ofPair(pair: string) {
  return said().where('[pair+place]').between([pair, Dexie.minKey], [pair, Dexie.maxKey])
}
