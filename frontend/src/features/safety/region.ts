/** Where this phone may be: which country's numbers Help now shows first. Nothing is looked up outside the phone. */

import { countryOfZone } from './zones'

/** What a phone says about itself. */
export interface PhoneSays {
  /** The region chosen in the settings, an ISO 3166-1 alpha-2 code. */
  chosen: string | null
  /** As in `navigator.languages`: BCP 47 tags, the person's first language first. */
  languages: readonly string[]
  /** An IANA name, or null where the browser hides it. */
  timeZone: string | null
}

/**
 * Firefox and Tor Browser claim to be in Reykjavík when asked to hide where they are, so it says little by itself.
 */
const HIDING_PLACE = 'Atlantic/Reykjavik'

/**
 * The countries this phone may be in, each once, the likeliest first; empty where it says nothing.
 *
 * What was chosen counts before all. The clock comes before the language: it moves with the phone, and an emergency
 * number belongs to the place where somebody stands, while half of the world's browsers speak "en-US".
 */
export function likelyRegions({ chosen, languages, timeZone }: PhoneSays): string[] {
  const clock = timeZone === null ? null : countryOfZone(timeZone)
  const spoken = languages.map(regionOfLanguage)
  const hidden = timeZone === HIDING_PLACE && spoken[0] !== 'IS'
  const guesses = hidden ? [chosen, ...spoken, clock] : [chosen, clock, ...spoken]
  return [...new Set(guesses.filter((guess) => guess !== null))]
}

/** What this very phone says, without a chosen region. */
export function askPhone(): Omit<PhoneSays, 'chosen'> {
  return {
    languages: navigator.languages,
    timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone || null,
  }
}

/** "de-AT" → "AT"; a language alone names no country. */
function regionOfLanguage(tag: string): string | null {
  try {
    const { region } = new Intl.Locale(tag)
    return region !== undefined && /^[A-Z]{2}$/.test(region) ? region : null
  } catch {
    return null
  }
}
