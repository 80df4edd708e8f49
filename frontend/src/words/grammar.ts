/**
 * Picks the form of a word for a number, by the language's own rules. They are fetched with the first number: a phone
 * takes a while over them, and the first screen has none.
 */
export function plurals(language: string): (count: number, one: string, other: string) => string {
  let rules: Intl.PluralRules | undefined
  let numbers: Intl.NumberFormat | undefined
  return (count, one, other) => {
    rules ??= new Intl.PluralRules(language)
    numbers ??= new Intl.NumberFormat(language)
    return `${numbers.format(count)} ${rules.select(count) === 'one' ? one : other}`
  }
}
