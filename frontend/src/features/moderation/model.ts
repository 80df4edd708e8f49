/** What a member reports, and what came of it. */

/** "worried" is about the person, who may need help; all others say that they break the rules. */
export type Category = 'worried' | 'harassing' | 'sexual' | 'threat' | 'hateful' | 'scam' | 'minor' | 'other'

export const RULES: readonly Category[] = [
  'harassing',
  'threat',
  'sexual',
  'hateful',
  'scam',
  'minor',
  'other',
]

export type Outcome = 'no-rule-broken' | 'spoken-with' | 'acted' | 'passed-on' | 'cannot-help'

/** What becomes of the pair once the report is kept. */
export type Ending = 'no' | 'end' | 'block'

/** A report of one's own. It names nobody. */
export interface Report {
  id: string
  category: string
  /** ISO, the server's clock; null while it waits to be sent. */
  sentAt: string | null
  state: 'waiting' | 'received' | 'closed'
  /** How many rows the server copied. */
  kept: number
  outcome: string | null
  /** What whoever read it wants to say. */
  answer: string | null
  /** Who reads it, as the server said; null: nobody was named, or it waits. */
  readBy: string | null
  /** The pair that is over with it, as far as this phone is concerned. */
  over?: string
}

/** What can be chosen to go with a report: a row that the other wrote. */
export interface Said {
  id: string
  kind: 'message' | 'signal' | 'shared_check_in' | 'hello'
  /** ISO; "" where it says none. */
  at: string
  mood: number | null
  signal: string | null
  text: string
}
