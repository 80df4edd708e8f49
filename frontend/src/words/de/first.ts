import { bar } from './bar'
import { checkIns } from './check_ins'
import { door } from './door'
import { today } from './today'
import { ui } from './ui'

export const first = { ui, bar, today, checkIns, door }
