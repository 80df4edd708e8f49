/** Reports as sync knows them. */

import * as v from 'valibot'

import { register, type Mutator, type SyncedKind } from '../../sync/registry'
import type { Category, Ending, Report } from './model'

const reportSchema = v.object({
  category: v.string(),
  sentAt: v.string(),
  state: v.picklist(['received', 'closed']),
  kept: v.number(),
  outcome: v.nullable(v.string()),
  answer: v.nullable(v.string()),
  readBy: v.nullable(v.string()),
})

export interface SendReportArgs {
  id: string
  /** The pair's space. */
  pair: string
  category: Category
  text: string
  /** What of the pair the server is to copy. */
  rows: string[]
  /** What the other wrote there and is gone, too. */
  deleted: boolean
  end: Ending
}

export const reportKind: SyncedKind<Report> = {
  kind: 'report',
  table: 'reports',
  fromServer(id, data) {
    const read = v.safeParse(reportSchema, data)
    return read.success ? { id, ...read.output } : null
  },
}

const send: Mutator<SendReportArgs, Report> = {
  name: 'reports.send',
  kind: reportKind.kind,
  rowOf: ({ id }) => id,
  apply: (view, { id, category, end, pair }) =>
    view ?? {
      id,
      category,
      sentAt: null,
      state: 'waiting',
      kept: 0,
      outcome: null,
      answer: null,
      readBy: null,
      ...(end === 'no' ? {} : { over: pair }),
    },
}

register(reportKind, [send])
