/** Every screen and its address. Today comes with the first load, every other screen when it is wanted. */
import { createRouter } from 'sv-router'

import { arrived } from './ui/arrival'
import NotLoaded from './ui/NotLoaded.svelte'

/** A screen whose code cannot be fetched: says so, instead of a tap that does nothing. */
const otherwise = (): { default: typeof NotLoaded } => ({ default: NotLoaded })

const router = createRouter({
  '/help': () => import('./features/safety/Help.svelte').catch(otherwise),
  '/help/:region': () => import('./features/safety/Help.svelte').catch(otherwise),
  '*': () => import('./ui/UnknownPage.svelte').catch(otherwise),
  hooks: { afterLoad: arrived },
})

export const { route } = router

/** Goes to a screen by its address; `replace` leaves no entry behind. */
export const navigate = router.navigate.bind(router)
