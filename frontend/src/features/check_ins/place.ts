import { offsetMinutes, zoneHere } from './local_time'
import type { CheckIn } from './model'

type Moment = Pick<CheckIn, 'zone' | 'happenedAt' | 'instant'>

/** Where its clock stood, "New York", if that clock showed another time than this phone's would have; otherwise null. */
export function elsewhere({ zone, happenedAt, instant }: Moment, here: string = zoneHere()): string | null {
  if (zone === here) return null
  const there = /([+-])(\d\d):(\d\d)$/.exec(happenedAt)
  if (there === null) return null
  const minutes = (there[1] === '-' ? -1 : 1) * (Number(there[2]) * 60 + Number(there[3]))
  return minutes === offsetMinutes(here, instant) ? null : cityOf(zone)
}

const cityOf = (zone: string): string => zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ')
