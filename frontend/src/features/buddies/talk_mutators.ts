/** What a person can say to a buddy. Each promise resolves when it is safe on this phone. */

import { newId } from '../../store/ids'
import { mutate } from '../../sync/mutate'
import { draftOfTalk } from './talk_draft'
import './talk_kind'
import type { Choices, Signal } from './talk_model'

/** A sign without words; `about`: the shared check-in that it answers. Throws a StorageError. */
export function sendSignal(pair: string, signal: Signal, about: string | null = null): Promise<void> {
  return mutate('signals.send', { pair, id: newId(), signal, about })
}

/** Words; the draft that they were written in is forgotten in the same breath. Throws a StorageError. */
export function sendMessage(pair: string, text: string): Promise<void> {
  return mutate('messages.send', { pair, id: newId(), text }, draftOfTalk(pair))
}

/** What one wrote is gone for both. Throws a StorageError. */
export function deleteMessage(pair: string, id: string): Promise<void> {
  return mutate('messages.delete', { pair, id })
}

/** What the other said has come to this phone up to this version, and was seen up to that one. Throws a StorageError. */
export function mark(pair: string, received: number, seen: number | null): Promise<void> {
  return mutate('messages.mark', { pair, received, seen })
}

/** What of one's choices for a pair is changed. Throws a StorageError. */
export function choose(pair: string, chosen: Partial<Choices>): Promise<void> {
  return mutate('pair_choices.set', { pair, ...chosen })
}
