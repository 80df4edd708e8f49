/** What holds for messages and signals. The server looks once more. Pure. */

import type { Reading, Said } from './talk_model'

/** Code points. */
export const LONGEST_MESSAGE = 2_000

const DAY = 24 * 3_600_000
const MOST_NUDGES = 3

/** Behind everything that the server has brought. */
const WAITING = 2 ** 52

export const placeOf = (version: number): number => version
export const placeOfWaiting = (id: string): number => WAITING + madeAt(id)
/** Everything before it came from the server. */
export const FIRST_WAITING = WAITING

/** What was typed beyond the words that were sent meanwhile. Changed in another way, nothing of it is lost. */
export function beyond(sent: string, now: string): string {
  return now.startsWith(sent) ? now.slice(sent.length).trimStart() : now
}

/** What the other has said since that version of the pair, in order. */
export function newFrom(other: string, said: readonly Said[], since: number): Said[] {
  return said
    .filter(({ by, version }) => by === other && version !== null && version > since)
    .sort((one, another) => one.place - another.place)
}

/** When an id was made on this phone: milliseconds UTC. */
export function madeAt(id: string): number {
  const made = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)
  return Number.isNaN(made) ? 0 : made
}

/** When "thinking of you" can be sent again, milliseconds UTC; null: now. `said` are all of one's own in this pair. */
export function nextNudge(said: readonly Said[], now: number): number | null {
  const nudges = said
    .filter((one) => one.what === 'signal' && one.signal === 'thinking' && one.about === null)
    .map(({ at }) => at)
    .filter((at) => at > now - DAY)
    .sort((one, other) => other - one)
  const third = nudges[MOST_NUDGES - 1]
  return third === undefined ? null : third + DAY
}

export type State = 'on-this-phone' | 'sent' | 'received' | 'seen'

/** How far one's own words have come. */
export function stateOf({ version }: Pick<Said, 'version'>, other: Reading | undefined): State {
  if (version === null) return 'on-this-phone'
  if (other === undefined || other.received < version) return 'sent'
  return other.seen !== null && other.seen >= version ? 'seen' : 'received'
}
