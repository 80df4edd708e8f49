import { tick } from 'svelte'

import { countdown, undoTime, type Countdown } from './countdown'

/** What was just done, in words, and how to take it back. */
interface Offer {
  message: string
  undo: () => Promise<void>
  /** What is said when it has been taken back. */
  undone: string
  timer: Countdown
}

let current = $state.raw<Offer | null>(null)

/** The one offer that stands at the bottom of the screen, if any. */
export const standingOffer = (): Offer | null => current

/** Offers for ten seconds to take something back, over every screen. A newer offer takes an older one's place. */
export function offerUndo({ message, undo, undone }: Omit<Offer, 'timer'>): void {
  current?.timer.stop()
  const offer: Offer = {
    message,
    undo,
    undone,
    timer: countdown(undoTime, () => {
      if (current === offer) current = null
    }),
  }
  current = offer
}

export function withdrawOffer(): void {
  current?.timer.stop()
  current = null
}

let spoken = $state.raw('')

/** What a screen reader is told next. */
export const announcement = (): string => spoken

/** Says something to ears without moving the focus. The same words twice are said twice. */
export async function announce(text: string): Promise<void> {
  spoken = ''
  await tick()
  spoken = text
}
