/** What can be changed in a check-in that the server did not take, so that it takes it. */

import {
  instantOf,
  instantOfClock,
  isZone,
  localDateOf,
  localTimeOf,
  onClock,
  zoneHere,
} from '../check_ins/local_time'
import type { CheckInData } from '../check_ins/model'
import type { CheckInProblem } from '../check_ins/rules'

/** The arguments of check_ins.record or check_ins.edit. */
export type CheckInArgs = Partial<CheckInData> & { id: string }

const TIMES = ['in-the-future', 'too-long-ago', 'unknown-zone'] satisfies CheckInProblem[]
const WORDS = ['too-many-words', 'word-too-long'] satisfies CheckInProblem[]
const MENDABLE: readonly string[] = ['mood-out-of-range', 'note-too-long', ...TIMES, ...WORDS]

/** The arguments, where a person can change what is wrong with them; null for anything else. */
export function mendable(name: string, reason: string, args: unknown): CheckInArgs | null {
  if (name !== 'check_ins.record' && name !== 'check_ins.edit') return null
  if (!MENDABLE.includes(reason)) return null
  return typeof args === 'object' && args !== null && 'id' in args ? (args as CheckInArgs) : null
}

/** Whether sending it as it is may end otherwise. `there`: the check-in that it belongs to is on this phone (again). */
export function mayBeSentAgain(reason: string, there: boolean): boolean {
  return reason === 'gone' ? there : reason !== 'not-yours' && reason !== 'unknown-mutation'
}

/** The check-in that a change belongs to; null where it belongs to none. */
export function checkInOf(name: string, args: unknown): string | null {
  if (!name.startsWith('check_ins.') || typeof args !== 'object' || args === null || !('id' in args))
    return null
  return typeof args.id === 'string' ? args.id : null
}

/** Which part of it has to be looked at. */
export function partOf(reason: string): 'weather' | 'note' | 'time' | 'words' {
  if (TIMES.some((time) => time === reason)) return 'time'
  if (WORDS.some((word) => word === reason)) return 'words'
  return reason === 'note-too-long' ? 'note' : 'weather'
}

/** The day and the time on its clock, for two fields; now, where it has none that can be read. */
export function clockOf({ happenedAt }: CheckInArgs, now: number): { date: string; time: string } {
  const readable = happenedAt !== undefined && !Number.isNaN(instantOf(happenedAt))
  const shown = readable ? happenedAt : onClock(now, zoneHere())
  return { date: localDateOf(shown), time: localTimeOf(shown) }
}

/**
 * The same with the day and the time that were chosen, in its own zone; in the phone's, where that zone is the trouble.
 * `happenedAt` is "" where no such time can be chosen.
 */
export function atClock(args: CheckInArgs, reason: string, date: string, time: string): CheckInArgs {
  const own = reason === 'unknown-zone' || args.zone === undefined || !isZone(args.zone) ? null : args.zone
  const zone = own ?? zoneHere()
  const instant = instantOfClock(date, time, zone)
  return { ...args, zone, happenedAt: Number.isNaN(instant) ? '' : onClock(instant, zone) }
}
