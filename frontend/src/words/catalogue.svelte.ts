import { en, type Words } from './en'

export type Language = 'en' | 'de'

export const languages: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch' }

const remembered = 'leeward.language'

const load: Readonly<Record<Language, () => Promise<Words>>> = {
  en: () => Promise.resolve(en),
  de: async () => (await import('./de')).de,
}

let current = $state.raw<{ language: Language; words: Words }>({ language: 'en', words: en })

/** All words of the interface, in the language that is spoken now. Read inside markup or `$derived`: it is reactive. */
export const words = (): Words => current.words

export const language = (): Language => current.language

/** The language with the person's own region, for dates and numbers: `en-IE` writes them differently from `en-US`. */
export function locale(): string {
  const wanted = current.language
  return preferred().find((tag) => tag.split('-')[0] === wanted) ?? wanted
}

/** Changes the language of the whole interface and remembers it for the next first paint. */
export async function speak(next: Language): Promise<void> {
  current = { language: next, words: await load[next]() }
  document.documentElement.lang = next
  try {
    localStorage.setItem(remembered, next)
  } catch {
    // Storage is closed to us: the language then lasts as long as this page.
  }
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
