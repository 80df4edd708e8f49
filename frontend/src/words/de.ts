import { bar } from './de/bar'
import { checkIns } from './de/check_ins'
import { history } from './de/history'
import { today } from './de/today'
import { ui } from './de/ui'
import type { Words } from './en'

export const de = { ui, bar, today, checkIns, history } satisfies Words
