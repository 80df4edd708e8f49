import { accounts } from './accounts'
import { buddies } from './buddies'
import { company } from './company'
import { exercises } from './exercises'
import { history } from './history'
import { install } from './install'
import { invitations } from './invitations'
import { me } from './me'
import { missed } from './missed'
import { push } from './push'
import { reminders } from './reminders'
import { reports } from './reports'
import { safety } from './safety'
import { sharing } from './sharing'
import { stewards } from './stewards'
import { sync } from './sync'
import { talking } from './talking'
import { toolbox } from './toolbox'

export const later = {
  exercises,
  history,
  accounts,
  me,
  safety,
  sync,
  install,
  reminders,
  push,
  sharing,
  talking,
  toolbox,
  stewards,
  buddies,
  invitations,
  company,
  missed,
  reports,
}
