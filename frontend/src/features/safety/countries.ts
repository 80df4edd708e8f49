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

/** Those whose name has a word that begins with what is typed, or whose code it is; accents and case do not matter. */
export function findCountries(all: readonly Country[], typed: string): Country[] {
  const wanted = plain(typed.trim())
  if (wanted === '') return [...all]
  return all.filter(({ code, name }) => plain(code) === wanted || ` ${plain(name)}`.includes(` ${wanted}`))
}

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
    .replace(/[^\p{Letter}\p{Number}]+/gu, ' ')
    .toLowerCase()
}
