export type { Language } from './catalogue.svelte'
export {
  everyWordIsHere,
  isLanguage,
  language,
  languages,
  locale,
  preferredLanguage,
  restOfWords,
  speak,
  speakPreferred,
  words,
} from './catalogue.svelte'
export type { Words } from './en'
