/** Starts the sync of a tab: the push loop, and everything that sets it going. */

import { readable, type Readable } from 'svelte/store'

import { database, recall } from '../store/database'
import { live } from '../store/live'
import { PushLoop } from './loop'
import { syncOnce } from './run'
import { contact, retryWith } from './status'
import { PokeStream } from './stream'
import { onWanted } from './wanted'

/** Call once, after the first paint. */
export function startSync(): void {
  const loop = new PushLoop({
    sync: syncOnce,
    tell: (said) => contact.update((before) => ({ ...before, ...said })),
  })
  const pokes = new PokeStream(() => loop.send({ type: 'wanted' }))
  const hurry = () => loop.send({ type: 'hurried' })

  retryWith(hurry)
  onWanted((type) => loop.send({ type }))
  window.addEventListener('online', hurry)
  // Another window was in front; this one may have been visible all the time.
  window.addEventListener('focus', () => loop.send({ type: 'wanted' }))

  let device: string | null = null
  let seen = true
  const listen = () => pokes.follow(seen ? device : null)
  visible.subscribe((value) => {
    seen = value
    loop.send({ type: 'visible', visible: value })
    listen()
  })
  signedInDevice.subscribe((id) => {
    device = id ?? null
    listen()
  })
  hurry()
}

/** This store's device id while somebody is signed in; null otherwise. */
const signedInDevice = live(async () => {
  const signedIn = ((await recall(database, 'session')) ?? 'signed-in') === 'signed-in'
  if (!signedIn || !(await recall(database, 'owner'))) return null
  return (await recall(database, 'device'))?.id ?? null
})

const visible: Readable<boolean> = readable(true, (set) => {
  const look = () => set(document.visibilityState === 'visible')
  look()
  document.addEventListener('visibilitychange', look)
  // Back from the back-forward cache: nothing else may tell.
  window.addEventListener('pageshow', look)
})
