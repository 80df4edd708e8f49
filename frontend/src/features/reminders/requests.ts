/** What is asked of the server about the calendar that others can follow. Each throws Problem or Unreachable. */

import * as v from 'valibot'

import { request, tell } from '../../api/client'

const linkSchema = v.object({ exists: v.boolean(), createdAt: v.nullable(v.string()) })
const madeSchema = v.object({ url: v.string() })

export type CalendarLink = v.InferOutput<typeof linkSchema>

/** Whether there is an address, and since when (ISO). */
export function getCalendarLink(): Promise<CalendarLink> {
  return request('GET', '/api/reminders/calendar', linkSchema, {})
}

/** Makes an address, instead of the one before. It is told this once. */
export async function postCalendarLink(): Promise<string> {
  return (await request('POST', '/api/reminders/calendar', madeSchema, {})).url
}

export function deleteCalendarLink(): Promise<void> {
  return tell('DELETE', '/api/reminders/calendar', {})
}
