/** Clocks: what a zone's clock shows at an instant, and which instant a zone's clock means. By Intl alone. */

const MINUTE = 60_000

/** The zone of this phone now; "UTC" where the browser does not tell. */
export function zoneHere(): string {
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone
  return zone && isZone(zone) ? zone : 'UTC'
}

/** What this phone's clock shows now, "2026-11-22T07:15": without Intl, which takes a slow phone a while to begin with. */
export function clockHere(): string {
  const now = new Date()
  return new Date(now.getTime() - now.getTimezoneOffset() * MINUTE).toISOString().slice(0, 16)
}

/** The weekday of what a clock shows, 0 for Sunday … 6. */
export function weekdayOnClock(clock: string): number {
  return new Date(`${clock.slice(0, 10)}T00:00Z`).getUTCDay()
}

/** Whether this browser knows the zone. */
export function isZone(zone: string): boolean {
  try {
    formatOf(zone)
    return true
  } catch {
    return false
  }
}

/** How far the clocks of `zone` are ahead of UTC at `instant` (milliseconds UTC), in minutes. Throws RangeError for no zone. */
export function offsetMinutes(zone: string, instant: number): number {
  const shown = wallClock(zone, instant)
  // Old local mean times have seconds, which an offset cannot say: to the nearest minute.
  return Math.round((shown - Math.floor(instant / 1000) * 1000) / MINUTE)
}

/** The instant on the zone's clock, with its offset: "2026-11-22T07:15:00.000+01:00". */
export function onClock(instant: number, zone: string): string {
  const offset = offsetMinutes(zone, instant)
  return new Date(instant + offset * MINUTE).toISOString().slice(0, -1) + offsetText(offset)
}

/** The date on the clock where it happened. */
export function localDateOf(happenedAt: string): string {
  return happenedAt.slice(0, 10)
}

/** The time on the clock where it happened: "07:15". */
export function localTimeOf(happenedAt: string): string {
  return happenedAt.slice(11, 16)
}

/** Milliseconds UTC; NaN where it is no time. */
export function instantOf(happenedAt: string): number {
  return Date.parse(happenedAt)
}

/** The date on this phone's clock at `instant`. */
export function dateIn(zone: string, instant: number): string {
  return localDateOf(onClock(instant, zone))
}

/**
 * The instant at which the clocks of `zone` show `date` ("2026-11-22") and `time` ("07:15").
 * In the gap of a spring night: the first moment after it. In the hour that comes twice: the first of the two.
 */
export function instantOfClock(date: string, time: string, zone: string): number {
  const shown = Date.parse(`${date}T${time}Z`)
  if (Number.isNaN(shown)) return NaN
  // An offset that holds within a day of it, on either side, must be the one.
  const before = offsetMinutes(zone, shown - 1440 * MINUTE)
  const after = offsetMinutes(zone, shown + 1440 * MINUTE)
  for (const offset of [Math.max(before, after), Math.min(before, after)]) {
    const instant = shown - offset * MINUTE
    if (offsetMinutes(zone, instant) === offset) return instant
  }
  return endOfGap(zone, shown - Math.max(before, after) * MINUTE, shown - Math.min(before, after) * MINUTE)
}

/** The first instant in (from, to] with another offset than `from`. */
function endOfGap(zone: string, from: number, to: number): number {
  const before = offsetMinutes(zone, from)
  let low = from
  let high = to
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetMinutes(zone, middle) === before) low = middle
    else high = middle
  }
  return high
}

/** What the zone's clock shows, as if it were UTC: milliseconds, whole seconds. */
function wallClock(zone: string, instant: number): number {
  const parts: Record<string, number> = {}
  for (const { type, value } of formatOf(zone).formatToParts(instant)) {
    if (type !== 'literal' && type !== 'era') parts[type] = Number(value)
  }
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  return Date.UTC(year, month - 1, day, hour, minute, second)
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US-u-ca-iso8601-nu-latn', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formats.set(zone, format)
  }
  return format
}

function offsetText(offset: number): string {
  const minutes = Math.abs(offset)
  const two = (part: number) => String(part).padStart(2, '0')
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}
