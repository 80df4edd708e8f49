import { first } from './de/first'
import { later } from './de/later'
import type { Words } from './en'

export const de = { ...first, ...later } satisfies Words
