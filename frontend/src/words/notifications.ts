/** The worker's few words, in every language: it has no page to bring a language along. */

import { notifications as german } from './de/notifications'
import { notifications as english } from './en/notifications'

export type NotificationWords = typeof english

const spoken: Readonly<Record<string, NotificationWords>> = { en: english, de: german }

/** In the first of these languages ("de-AT" is German) that Leeward speaks; otherwise in English. */
export function notificationWords(...languages: (string | undefined)[]): {
  language: string
  words: NotificationWords
} {
  for (const tag of languages) {
    const language = tag?.split('-')[0]?.toLowerCase() ?? ''
    const words = Object.hasOwn(spoken, language) ? spoken[language] : undefined
    if (words !== undefined) return { language, words }
  }
  return { language: 'en', words: english }
}
