/** What is left of a time, as a clock shows it. */

/** Of milliseconds: "1:05", the seconds that have begun counted whole. */
export function sayLeft(milliseconds: number): string {
  const seconds = Math.ceil(Math.max(0, milliseconds) / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
