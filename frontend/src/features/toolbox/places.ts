/** Names of places, built-in ones and one's own. */

import { words } from '../../words'
import type { Word } from '../check_ins/model'
import { textOfOwn } from '../check_ins/rules'
import { PLACES } from './rules'

type Place = (typeof PLACES)[number]

const isPlace = (word: Word): word is Place => (PLACES as readonly Word[]).includes(word)

/** As it is read: a place of another version of this app by its key. */
export function nameOfPlace(word: Word): string {
  return isPlace(word) ? words().toolbox.places[word] : (textOfOwn(word) ?? word)
}
