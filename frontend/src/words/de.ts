import { accounts } from './de/accounts'
import { bar } from './de/bar'
import { checkIns } from './de/check_ins'
import { door } from './de/door'
import { history } from './de/history'
import { install } from './de/install'
import { me } from './de/me'
import { safety } from './de/safety'
import { sync } from './de/sync'
import { today } from './de/today'
import { ui } from './de/ui'
import type { Words } from './en'

export const de = {
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
} satisfies Words
