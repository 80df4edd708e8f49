/** Two who both said yes, as this phone knows them. */

/** One of the two of a pair, called as the other calls them. */
export interface Buddy {
  id: string
  /** The pair's space. */
  pair: string
  name: string
}

/** A pair of one's own. */
export interface Pair {
  /** Its space. */
  id: string
  /** The member on this phone, as the other calls them. */
  me: Buddy
  other: Buddy
}

/** What was changed in a pair on this phone, while it waits for the server. */
export interface PairChange {
  /** The pair's space. */
  id: string
  /** What the other is to call this member from now on. */
  name?: string
  /** It is over, as far as this phone is concerned. */
  over?: true
}
