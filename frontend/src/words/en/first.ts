import { bar } from './bar'
import { checkIns } from './check_ins'
import { door } from './door'
import { today } from './today'
import { ui } from './ui'

/** The words of Today, the door and the frame around every screen: they come with the first load. */
export const first = { ui, bar, today, checkIns, door }
