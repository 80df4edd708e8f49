/** Every screen and its address. Today and the door come with the first load, every other screen when it is wanted. */
import type { Component, Snippet } from 'svelte'
import { createRouter } from 'sv-router'

import Today from './features/check_ins/Today.svelte'
import Door from './features/door/Door.svelte'
import { hasComeIn } from './features/door/once'
import { arrived } from './ui/arrival'
import NotLoaded from './ui/NotLoaded.svelte'
import { restOfWords } from './words'

/** A screen whose code cannot be fetched: says so, instead of a tap that does nothing. */
const otherwise = (): { default: Component<{ children?: Snippet }> } => ({ default: NotLoaded as Component })

/** Only the words of Today and of the door come with the first load. */
async function withWords<Screen>(screen: Screen): Promise<Screen> {
  await restOfWords()
  return screen
}

/** Before the very first check-in, once: the door. Help now and everything else stay open. */
async function throughTheDoor({ pathname }: { pathname: string }): Promise<void> {
  if (pathname === '/' && !hasComeIn()) throw await navigate('/door', { replace: true })
}

const router = createRouter({
  '/': Today,
  '/check-ins/:id': () => import('./features/check_ins/EditCheckIn.svelte').then(withWords).catch(otherwise),
  '/history': {
    '/': () => import('./features/check_ins/HistoryStart.svelte').then(withWords).catch(otherwise),
    '/search': () => import('./features/check_ins/Search.svelte').then(withWords).catch(otherwise),
    '/:date': () => import('./features/check_ins/Day.svelte').then(withWords).catch(otherwise),
    layout: () => import('./features/check_ins/History.svelte').then(withWords).catch(otherwise),
  },
  '/door': Door,
  '/me': {
    '/': () => import('./features/preferences/Me.svelte').then(withWords).catch(otherwise),
    '/reminders': () => import('./features/reminders/Reminders.svelte').then(withWords).catch(otherwise),
    '/reminders/:id': () =>
      import('./features/reminders/EditReminder.svelte').then(withWords).catch(otherwise),
    '/settings': () => import('./features/preferences/Settings.svelte').then(withWords).catch(otherwise),
    '/account': () => import('./features/accounts/Account.svelte').then(withWords).catch(otherwise),
    '/password': () => import('./features/accounts/ChangePassword.svelte').then(withWords).catch(otherwise),
    '/recovery-codes': () =>
      import('./features/accounts/RecoveryCodes.svelte').then(withWords).catch(otherwise),
    '/devices': () => import('./features/accounts/Devices.svelte').then(withWords).catch(otherwise),
    '/reports': () => import('./features/moderation/Reports.svelte').then(withWords).catch(otherwise),
    '/steward': () => import('./features/stewards/Server.svelte').then(withWords).catch(otherwise),
    '/delete': () => import('./features/accounts/DeleteAccount.svelte').then(withWords).catch(otherwise),
  },
  '/buddies': {
    '/': () => import('./features/buddies/Buddies.svelte').then(withWords).catch(otherwise),
    '/invite': () => import('./features/buddies/Invite.svelte').then(withWords).catch(otherwise),
    '/former': () => import('./features/moderation/FormerBuddies.svelte').then(withWords).catch(otherwise),
    '/:pair/settings': () =>
      import('./features/buddies/PairSettings.svelte').then(withWords).catch(otherwise),
    '/:pair': () => import('./features/buddies/Pair.svelte').then(withWords).catch(otherwise),
    '/:pair/agreement': () => import('./features/buddies/Agreement.svelte').then(withWords).catch(otherwise),
    '/:pair/agreement/:step': () =>
      import('./features/buddies/WriteAgreement.svelte').then(withWords).catch(otherwise),
    '/:pair/sees': () => import('./features/buddies/Sees.svelte').then(withWords).catch(otherwise),
    '/:pair/missed': () => import('./features/buddies/Missed.svelte').then(withWords).catch(otherwise),
    '/:pair/report': () => import('./features/moderation/Report.svelte').then(withWords).catch(otherwise),
  },
  '/toolbox': {
    '/': () => import('./features/toolbox/Toolbox.svelte').then(withWords).catch(otherwise),
    '/new': () => import('./features/toolbox/EditStrategy.svelte').then(withWords).catch(otherwise),
    '/exercises/:key': () => import('./features/toolbox/Exercise.svelte').then(withWords).catch(otherwise),
    '/exercises/:key/do': () =>
      import('./features/toolbox/DoingExercise.svelte').then(withWords).catch(otherwise),
    '/:id': () => import('./features/toolbox/StrategyPage.svelte').then(withWords).catch(otherwise),
    '/:id/edit': () => import('./features/toolbox/EditStrategy.svelte').then(withWords).catch(otherwise),
    '/:id/do': () => import('./features/toolbox/Doing.svelte').then(withWords).catch(otherwise),
  },
  '/invited': () => import('./features/buddies/Invited.svelte').then(withWords).catch(otherwise),
  '/reach-out': () => import('./features/buddies/ReachOut.svelte').then(withWords).catch(otherwise),
  '/sign-up': () => import('./features/accounts/SignUp.svelte').then(withWords).catch(otherwise),
  '/sign-in': () => import('./features/accounts/SignIn.svelte').then(withWords).catch(otherwise),
  '/recover': () => import('./features/accounts/Recover.svelte').then(withWords).catch(otherwise),
  '/sync': () => import('./features/sync/OnThisPhone.svelte').then(withWords).catch(otherwise),
  '/help': () => import('./features/safety/Help.svelte').then(withWords).catch(otherwise),
  '/help/:region': () => import('./features/safety/Help.svelte').then(withWords).catch(otherwise),
  '*': () => import('./ui/UnknownPage.svelte').then(withWords).catch(otherwise),
  hooks: { beforeLoad: throughTheDoor, afterLoad: arrived },
})

export const { route } = router

/** Goes to a screen by its address; `replace` leaves no entry behind. */
export const navigate = router.navigate.bind(router)
