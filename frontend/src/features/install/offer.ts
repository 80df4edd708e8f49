/** Chromium offers the installation once, perhaps before the app is there: what it offers is kept until then. */

type Hear = (offer: Event) => void

let kept: Event | null = null
let hear: Hear = (offer) => (kept = offer)

/** To be called first of all. */
export function keepOffer(): void {
  window.addEventListener('beforeinstallprompt', (offer) => {
    // Not now and not by itself: the app offers it where it makes sense.
    offer.preventDefault()
    hear(offer)
  })
}

/** Takes the offer that came before, and each that comes from now on. */
export function onOffer(take: Hear): void {
  hear = take
  if (kept !== null) take(kept)
  kept = null
}
