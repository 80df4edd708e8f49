export type { Language } from './catalogue.svelte'
export { isLanguage, language, languages, locale, preferredLanguage, speak, words } from './catalogue.svelte'
export type { Words } from './en'
