/** What is asked of the server about the calendar that others can follow. Each throws Problem or Unreachable. */

import * as v from 'valibot'

import { contentOf, send, Unreachable } from '../../api/client'
import type { Method } from '../../api/operations'

const PATH = '/api/reminders/calendar'

const linkSchema = v.object({ exists: v.boolean(), createdAt: v.nullable(v.string()) })
const madeSchema = v.object({ url: v.string() })

export type CalendarLink = v.InferOutput<typeof linkSchema>

/** Whether there is an address, and since when (ISO). */
export function getCalendarLink(): Promise<CalendarLink> {
  return asked('GET', linkSchema)
}

/** Makes an address, instead of the one before. It is told this once. */
export async function postCalendarLink(): Promise<string> {
  return (await asked('POST', madeSchema)).url
}

export async function deleteCalendarLink(): Promise<void> {
  contentOf(await send('DELETE', PATH, null))
}

async function asked<Output>(method: Method, schema: v.GenericSchema<unknown, Output>): Promise<Output> {
  const read = v.safeParse(schema, contentOf(await send(method, PATH, null)))
  if (!read.success) throw new Unreachable(read.issues)
  return read.output
}
