import type { Words } from './en'
import { first as english } from './en/first'

export type Language = 'en' | 'de'

export const languages: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch' }

const remembered = 'leeward.language'

/** The words of Today and the door are small and come first; those of all other screens follow. */
type First = typeof english
type Later = Omit<Words, keyof First>

const load: Readonly<Record<Language, { first: () => Promise<First>; later: () => Promise<Later> }>> = {
  en: {
    first: () => Promise.resolve(english),
    later: async () => (await import('./en/later')).later,
  },
  de: {
    first: async () => (await import('./de/first')).first,
    later: async () => (await import('./de/later')).later,
  },
}

interface Spoken {
  language: Language
  words: Words
}

function spoken(language: Language, first: First, later: Later | null): Spoken {
  // Without the rest this promises too much; no screen that needs it is shown before it is here (routes.ts).
  return { language, words: { ...first, ...later } as Words }
}

let current = $state.raw(spoken('en', english, null))
/** The words that are all here. */
let complete = $state.raw<Words | null>(null)

/** All words of the interface, in the language that is spoken now. Read inside markup or `$derived`: it is reactive. */
export const words = (): Words => current.words

export const language = (): Language => current.language

/** Whether the words of the other screens are here too: what stands beside Today waits for them. Reactive. */
export const everyWordIsHere = (): boolean => current.words === complete

/** Brings the words of the other screens. */
export async function restOfWords(): Promise<void> {
  while (!everyWordIsHere()) {
    const { language, words } = current
    // Beside those that are shown already, none of which has to be drawn again for it.
    Object.assign(words, await load[language].later())
    if (words === current.words) complete = words
  }
}

/** The language with the person's own region, for dates and numbers: `en-IE` writes them differently from `en-US`. */
export function locale(): string {
  const wanted = current.language
  return preferred().find((tag) => tag.split('-')[0] === wanted) ?? wanted
}

/** Changes the language of the whole interface and remembers it for the next first paint. */
export async function speak(next: Language): Promise<void> {
  await change(next)
  try {
    localStorage.setItem(remembered, next)
  } catch {
    // Storage is closed to us: the language then lasts as long as this page.
  }
}

/** At the start: the language that was chosen, or else the browser's. English, if its words cannot be had. */
export async function speakPreferred(): Promise<void> {
  const next = preferredLanguage()
  if (next !== current.language) await change(next).catch(() => undefined)
}

async function change(next: Language): Promise<void> {
  const [first, later] = await Promise.all([
    load[next].first(),
    everyWordIsHere() ? load[next].later() : null,
  ])
  current = spoken(next, first, later)
  if (later !== null) complete = current.words
  document.documentElement.lang = next
}

/** What the member chose on this phone, otherwise the first of the browser's languages that Leeward speaks. */
export function preferredLanguage(): Language {
  const chosen = rememberedLanguage()
  if (chosen !== null && isLanguage(chosen)) return chosen
  return (
    preferred()
      .map((tag) => tag.split('-')[0] ?? '')
      .find(isLanguage) ?? 'en'
  )
}

export const isLanguage = (value: string): value is Language => Object.hasOwn(load, value)

function rememberedLanguage(): string | null {
  try {
    return localStorage.getItem(remembered)
  } catch {
    return null
  }
}

function preferred(): readonly string[] {
  return typeof navigator === 'undefined' ? [] : navigator.languages
}
