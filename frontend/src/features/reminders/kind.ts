/** Reminders as sync knows them, and the one row of what holds for all of them. */

import * as v from 'valibot'

import { register, type Mutator, type SyncedKind } from '../../sync/registry'
import type { Reminder, ReminderData, Reminding, RemindingData } from './model'

/**
 * The server makes the same id, so that two phones mean the same row: a UUIDv5 of "reminding" among the names of
 * preferences/kind.ts. Written out, because working it out costs time at each start.
 */
export const REMINDING_ID = '6e7e6bc9-48cd-5a54-b2c7-010004cd92ba'

const NOTHING_SET: RemindingData = {
  zone: 'UTC',
  quietFrom: null,
  quietTo: null,
  pausedUntil: null,
  showsLabel: false,
}

const time = v.pipe(v.string(), v.regex(/^\d\d:\d\d$/))

const reminderSchema = v.object({
  label: v.string(),
  times: v.array(time),
  weekdays: v.array(v.picklist([1, 2, 3, 4, 5, 6, 7])),
  zone: v.nullable(v.string()),
  skipHours: v.nullable(v.number()),
  on: v.boolean(),
})

const remindingSchema = v.object({
  zone: v.string(),
  quietFrom: v.nullable(time),
  quietTo: v.nullable(time),
  pausedUntil: v.nullable(v.string()),
  showsLabel: v.boolean(),
})

export type SetReminderArgs = ReminderData & { id: string }
export interface DeleteReminderArgs {
  id: string
}
export type SetRemindingArgs = Partial<RemindingData>

export const reminderKind: SyncedKind<Reminder> = {
  kind: 'reminder',
  table: 'reminders',
  fromServer(id, data) {
    const read = v.safeParse(reminderSchema, data)
    return read.success ? { id, ...read.output } : null
  },
}

export const remindingKind: SyncedKind<Reminding> = {
  kind: 'reminding',
  table: 'reminding',
  fromServer(id, data) {
    const read = v.safeParse(remindingSchema, data)
    return read.success ? { id, ...read.output } : null
  },
}

const set: Mutator<SetReminderArgs, Reminder> = {
  name: 'reminders.set',
  kind: reminderKind.kind,
  rowOf: ({ id }) => id,
  apply: (_view, args) => args,
}

const remove: Mutator<DeleteReminderArgs, Reminder> = {
  name: 'reminders.delete',
  kind: reminderKind.kind,
  rowOf: ({ id }) => id,
  apply: () => undefined,
}

const setReminding: Mutator<SetRemindingArgs, Reminding> = {
  name: 'reminding.set',
  kind: remindingKind.kind,
  rowOf: () => REMINDING_ID,
  apply: (view, changes) => ({ ...NOTHING_SET, ...view, ...changes, id: REMINDING_ID }),
}

register(reminderKind, [set, remove])
register(remindingKind, [setReminding])
