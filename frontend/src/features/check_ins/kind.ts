/** Check-ins as sync knows them: the view of a server row, and what each change does to it. */

import * as v from 'valibot'

import { register, type Mutator, type SyncedKind } from '../../sync/registry'
import { instantOf, localDateOf } from './local_time'
import type { CheckIn, CheckInData } from './model'

const dataSchema = v.object({
  mood: v.picklist([1, 2, 3, 4, 5]),
  energy: v.nullable(v.picklist([1, 2, 3])),
  feelings: v.array(v.string()),
  contexts: v.array(v.string()),
  note: v.nullable(v.string()),
  happenedAt: v.pipe(
    v.string(),
    v.check((text) => !Number.isNaN(instantOf(text))),
  ),
  zone: v.string(),
})

export type RecordArgs = CheckInData & { id: string }
export type EditArgs = Partial<CheckInData> & { id: string }
export interface DeleteArgs {
  id: string
}

/** A check-in with what is read off its time. */
export function viewOf(id: string, data: CheckInData): CheckIn {
  const { mood, energy, feelings, contexts, note, happenedAt, zone } = data
  return {
    id,
    mood,
    energy,
    feelings,
    contexts,
    note,
    happenedAt,
    zone,
    localDate: localDateOf(happenedAt),
    instant: instantOf(happenedAt),
  }
}

export const checkInKind: SyncedKind<CheckIn> = {
  kind: 'check_in',
  table: 'check_ins',
  fromServer(id, data) {
    const read = v.safeParse(dataSchema, data)
    return read.success ? viewOf(id, read.output) : null
  },
}

const record: Mutator<RecordArgs, CheckIn> = {
  name: 'check_ins.record',
  kind: checkInKind.kind,
  rowOf: ({ id }) => id,
  apply: (_view, { id, ...data }) => viewOf(id, data),
}

const edit: Mutator<EditArgs, CheckIn> = {
  name: 'check_ins.edit',
  kind: checkInKind.kind,
  rowOf: ({ id }) => id,
  apply: (view, { id, ...changes }) => view && viewOf(id, { ...view, ...changes }),
}

const remove: Mutator<DeleteArgs, CheckIn> = {
  name: 'check_ins.delete',
  kind: checkInKind.kind,
  rowOf: ({ id }) => id,
  apply: () => undefined,
}

register(checkInKind, [record, edit, remove])
