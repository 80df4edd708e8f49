/** Reading reports, and what could go with one, from this phone's store. */

import * as v from 'valibot'

import { database } from '../../store/database'
import type { ServerRow } from '../../store/lines'
import { live, type Live } from '../../store/live'
import type { Report, Said } from './model'

/** One's own reports, the newest first; those that wait before all. */
export function reports(): Live<Report[]> {
  return live(async () => {
    const all = await database.table<Report, string>('reports').toArray()
    return all.sort((one, other) => whenOf(other).localeCompare(whenOf(one), 'en'))
  })
}

const whenOf = ({ sentAt }: Report): string => sentAt ?? '9999'

const said = {
  message: v.object({ by: v.string(), text: v.string(), sentAt: v.string() }),
  signal: v.object({ by: v.string(), signal: v.string(), sentAt: v.string() }),
  shared_check_in: v.object({
    sharedBy: v.string(),
    mood: v.nullable(v.number()),
    feelings: v.array(v.string()),
    note: v.nullable(v.string()),
    happenedAt: v.string(),
  }),
  hello: v.object({ by: v.string(), words: v.string(), at: v.string() }),
}

/** What `other` (a row of the pair) wrote there and this phone has, the newest first. */
export function saidBy(pair: string, other: string): Live<Said[]> {
  return live(async () => {
    const rows = await database.server_rows.where('space').equals(pair).toArray()
    return rows
      .flatMap((row) => read(row, other))
      .sort((one, another) => Date.parse(another.at) - Date.parse(one.at))
  })
}

/** As the server has it, whatever of it waits to be changed here: those are the rows that it can copy. */
function read({ kind, id, data }: ServerRow, other: string): Said[] {
  const plain = { id, mood: null, signal: null, text: '' }
  switch (kind) {
    case 'message': {
      const row = v.safeParse(said.message, data)
      if (!row.success || row.output.by !== other) return []
      return [{ ...plain, kind, at: row.output.sentAt, text: row.output.text }]
    }
    case 'signal': {
      const row = v.safeParse(said.signal, data)
      if (!row.success || row.output.by !== other) return []
      return [{ ...plain, kind, at: row.output.sentAt, signal: row.output.signal }]
    }
    case 'shared_check_in': {
      const row = v.safeParse(said.shared_check_in, data)
      if (!row.success || row.output.sharedBy !== other) return []
      const { mood, note, happenedAt } = row.output
      return [{ ...plain, kind, at: happenedAt, mood, text: note ?? '' }]
    }
    case 'hello': {
      const row = v.safeParse(said.hello, data)
      if (!row.success || row.output.by !== other) return []
      return [{ ...plain, kind, at: row.output.at, text: row.output.words }]
    }
    default:
      return []
  }
}
