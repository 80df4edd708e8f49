import { first } from './en/first'
import { later } from './en/later'

/** Every visible word, by feature. English is the source of the type; the other languages must have the same. */
export const en = { ...first, ...later }

export type Words = typeof en
