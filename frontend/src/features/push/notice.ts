/** What is shown for a push, given what this phone knows and the server could not. Pure. */

import type { NotificationWords } from '../../words/notifications'
import type { Push, Told } from './payload'

/** What only this phone knows. */
export type Knowledge =
  /** The store could not be asked in time. */
  | 'nothing'
  | {
      /** Nobody is signed in here (any more): the push is for somebody who has gone. */
      nobody: boolean
      /** There is a check-in that makes the reminder needless, sent or not. */
      done: boolean
      /** It was turned off, deleted or paused here. */
      off: boolean
      /** It follows the phone, whose clock shows another time than the server went by. */
      moved: boolean
    }

/** What goes with a notification until somebody taps it. */
export interface Attached {
  path: string
  told: Told | null
}

/** Notifications that the browser has shown by itself, or an older version of this app, have nothing with them. */
export function attachedTo({ data }: Notification): Attached {
  const attached: unknown = data
  return typeof attached === 'object' && attached !== null && 'path' in attached
    ? (attached as Attached)
    : { path: '/', told: null }
}

export interface Shown {
  title: string
  options: Omit<NotificationOptions, 'data'> & {
    data: Attached
    actions?: { action: string; title: string }[]
    timestamp?: number
  }
}

/** The answers that a notification takes by itself. */
export const ANSWERS = { better: 4, 'not-so-good': 2 } as const
export type AnswerName = keyof typeof ANSWERS

export const isAnswer = (action: string): action is AnswerName => Object.hasOwn(ANSWERS, action)

/** How a buddy who asks for company can be answered, what most want to say first. */
export const ASK_ANSWERS = ['can', 'cant', 'later'] as const
export type AskAnswerName = (typeof ASK_ANSWERS)[number]

export const isAskAnswer = (action: string): action is AskAnswerName =>
  (ASK_ANSWERS as readonly string[]).includes(action)

/** For what has no tag of its own: several of them make one notification. */
const TAG = 'leeward'

export interface Speech {
  language: string
  words: NotificationWords
}

/** Something is shown for every push: a browser takes the permission away from whoever shows nothing. */
export function noticeFor(push: Push | null, known: Knowledge, speech: Speech, maxActions: number): Shown {
  const { words } = speech
  if (push === null) return quiet(words.something, null, speech)
  if (known !== 'nothing') {
    if (known.nobody) return quiet(words.something, null, speech)
    if (known.moved) return quiet(words.moved, push, speech)
    if (known.done) return quiet(words.alreadyDone, push, speech)
    if (known.off) return quiet(words.off, push, speech)
  }
  const { title, body, tag, lang, silent, told } = push
  const dueAt = Date.parse(told?.dueAt ?? '')
  return {
    title: title === '' ? words.name : title,
    options: {
      body,
      tag: tag === '' ? TAG : tag,
      lang: lang === '' ? speech.language : lang,
      silent,
      data: { path: push.path, told },
      ...(Number.isNaN(dueAt) ? {} : { timestamp: dueAt }),
      ...(told?.kind === 'reminder' && maxActions >= 2 ? { actions: actionsOf(words) } : {}),
      // In silence it comes to say that it is over.
      ...(told?.kind === 'ask' && !silent && maxActions >= 2
        ? { actions: askActionsOf(words).slice(0, maxActions) }
        : {}),
    },
  }
}

/** After an answer to a buddy from the notification itself: that it is safe, and no word of what it was. */
export function noticeOfAskAnswer(
  saved: boolean,
  path: string,
  told: Told,
  { language, words }: Speech,
): Shown {
  const shown = noticeOfAnswer(saved, path, told, { language, words })
  return saved ? { ...shown, options: { ...shown.options, body: words.answerSaved } } : shown
}

/** After an answer from the notification itself: that it is safe, and no word of what it was. */
export function noticeOfAnswer(saved: boolean, path: string, told: Told, { language, words }: Speech): Shown {
  return {
    title: words.name,
    options: {
      body: saved ? words.saved : words.notSaved,
      tag: told.key,
      lang: language,
      silent: saved,
      data: { path, told: null },
    },
  }
}

function quiet(body: string, push: Push | null, { language, words }: Speech): Shown {
  return {
    title: words.name,
    options: {
      body,
      tag: push === null || push.tag === '' ? TAG : push.tag,
      lang: language,
      silent: true,
      // It asks for nothing: no date to be told of, and nothing to answer.
      data: { path: '/', told: null },
    },
  }
}

function askActionsOf({ asked }: NotificationWords): { action: string; title: string }[] {
  return ASK_ANSWERS.map((action) => ({ action, title: asked[action] }))
}

function actionsOf({ actions }: NotificationWords): { action: string; title: string }[] {
  return (Object.keys(ANSWERS) as AnswerName[]).map((action) => ({ action, title: actions[action] }))
}
