/** Countries by name, in the language of the interface. */

export interface Country {
  /** ISO 3166-1 alpha-2. */
  code: string
  name: string
}

/** "Ireland" for "IE"; the code itself where the browser knows no name. */
export function countryName(code: string, locale: string): string {
  return new Intl.DisplayNames(locale, { type: 'region' }).of(code) ?? code
}

/** The countries with these codes, by name, as the language sorts them. */
export function countries(codes: readonly string[], locale: string): Country[] {
  const inOrder = new Intl.Collator(locale)
  return codes
    .map((code) => ({ code, name: countryName(code, locale) }))
    .sort((one, other) => inOrder.compare(one.name, other.name))
}

/** What people also call them, beside the names that the browser knows. */
const ALSO_CALLED: Readonly<Record<string, string>> = {
  AE: 'Emirates UAE',
  CZ: 'Czech Republic Tschechische Republik',
  GB: 'UK Great Britain Britain England Scotland Wales Northern Ireland Großbritannien Schottland Nordirland',
  IE: 'Eire Republic of Ireland',
  KR: 'Korea',
  NL: 'Holland',
  NZ: 'Aotearoa',
  PL: 'Polska',
  TR: 'Turkey Türkei',
  US: 'USA America Amerika States',
  ZA: 'RSA',
}

/**
 * Those of whose names a word begins with what is typed, or whose code it is; accents and case do not matter. Sought
 * in the language of the interface, in English, in the country's own, and by what people say instead.
 */
export function findCountries(all: readonly Country[], typed: string): Country[] {
  const wanted = plain(typed.trim())
  if (wanted === '') return [...all]
  return all.filter((country) => plain(country.code) === wanted || namesOf(country).includes(` ${wanted}`))
}

function namesOf({ code, name }: Country): string {
  const own = new Intl.Locale('und', { region: code }).maximize().language
  const names = [name, countryName(code, 'en'), countryName(code, own), ALSO_CALLED[code] ?? '']
  return names.map((each) => ` ${plain(each)}`).join('')
}

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .replace(/[^\p{Letter}\p{Number}]+/gu, ' ')
    .toLowerCase()
}
