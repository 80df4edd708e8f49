/** Agreements and what is shared, put into sentences. */

import type { Words } from '../../words'
import { dayTitle } from '../../words/dates'
import { EVERY_DAY } from '../reminders/rules'
import { sayDays, sayTime } from '../reminders/said'
import type { Whole } from './standing'
import type { Part } from './agreement_model'

/** One sentence of an agreement; `before` is what holds now, where that is something else. */
export interface Sentence {
  about: 'mine' | 'theirs' | 'my-hours' | 'their-hours' | 'my-call' | 'their-call' | 'worried' | 'review'
  text: string
  before: string | null
}

/** An agreement in plain sentences; `today` is a local date. With `before`, each says what it would change. */
export function sentencesOf(
  whole: Whole,
  before: Whole | null,
  name: string,
  words: Words,
  today: string,
): Sentence[] {
  const now = before === null ? null : partsOf(before, name, words, today)
  const sentences: Sentence[] = []
  for (const [about, said] of partsOf(whole, name, words, today)) {
    const held = now?.get(about)
    const other = held !== undefined && held.text !== said.text
    if (said.silent && !other) continue
    sentences.push({ about, text: said.text, before: other ? held.text : null })
  }
  return sentences
}

interface Said {
  text: string
  /** It says that nothing is said. */
  silent: boolean
}

function partsOf(whole: Whole, name: string, words: Words, today: string): Map<Sentence['about'], Said> {
  const { mine, theirs, worried, reviewOn } = whole
  const all = words.sharing
  const say = all.agreement
  const spoken = (text: string): Said => ({ text, silent: false })
  const silence = (text: string): Said => ({ text, silent: true })
  const myHours = sayAround(mine, words)
  const theirHours = sayAround(theirs, words)
  return new Map<Sentence['about'], Said>([
    ['mine', spoken(all.youShare(mine.shares))],
    ['theirs', spoken(all.otherShares(name, theirs.shares))],
    ['my-hours', myHours === null ? silence(say.youAroundUnsaid) : spoken(say.youAround(myHours))],
    [
      'their-hours',
      theirHours === null ? silence(say.otherAroundUnsaid(name)) : spoken(say.otherAround(name, theirHours)),
    ],
    ['my-call', mine.notOnCall ? spoken(say.youNotOnCall) : silence('')],
    ['their-call', theirs.notOnCall ? spoken(say.otherNotOnCall(name)) : silence('')],
    ['worried', worried === '' ? silence(say.worriedUnsaid) : spoken(say.worried(worried))],
    ['review', reviewOn === null ? silence(say.reviewUnsaid) : spoken(say.review(dayTitle(reviewOn, today)))],
  ])
}

/** "Monday to Friday from 18:00 to 21:00"; null where nothing is said. */
function sayAround({ days, hoursFrom, hoursTo }: Part, words: Words): string | null {
  const say = words.sharing.agreement
  const hours =
    hoursFrom === null || hoursTo === null ? null : say.between(sayTime(hoursFrom), sayTime(hoursTo))
  const every = days.length === EVERY_DAY.length || (days.length === 0 && hours !== null)
  if (days.length === 0 && !every) return null
  return [every ? say.everyDay : sayDays(days, words.reminders), hours]
    .filter((part) => part !== null)
    .join(' ')
}
