import { accounts } from './en/accounts'
import { bar } from './en/bar'
import { checkIns } from './en/check_ins'
import { door } from './en/door'
import { history } from './en/history'
import { install } from './en/install'
import { me } from './en/me'
import { safety } from './en/safety'
import { sync } from './en/sync'
import { today } from './en/today'
import { ui } from './en/ui'

/** Every visible word, by feature. English is the source of the type; the other languages must have the same. */
export const en = {
  ui,
  bar,
  today,
  checkIns,
  history,
  door,
  accounts,
  me,
  safety,
  sync,
  install,
}

export type Words = typeof en
