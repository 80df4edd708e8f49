import { bar } from './en/bar'
import { checkIns } from './en/check_ins'
import { history } from './en/history'
import { today } from './en/today'
import { ui } from './en/ui'

/** Every visible word, by feature. English is the source of the type; the other languages must have the same. */
export const en = { ui, bar, today, checkIns, history }

export type Words = typeof en
