import { bar } from './bar'
import { checkIns } from './check_ins'
import { today } from './today'
import { ui } from './ui'

/** The words of Today and of the frame around every screen: they come with the first load. */
export const first = { ui, bar, today, checkIns }
