/** How Leeward gets onto the home screen of this phone: every browser has its own way, and some have none. */

import { writable, type Readable } from 'svelte/store'

import { onOffer } from './offer'

export type InstallHint =
  /** It runs from the home screen already. */
  | { kind: 'installed' }
  /** The browser can ask: call `install()` in a tap. */
  | { kind: 'prompt'; install: () => Promise<'accepted' | 'dismissed'> }
  /** iPhone and iPad: share, then "Add to Home Screen". */
  | { kind: 'ios-share' }
  /** Firefox on Android: its menu, then "Add app to Home screen". */
  | { kind: 'firefox-menu' }
  /** Safari on a Mac: File, then "Add to Dock". */
  | { kind: 'mac-dock' }
  /** Nothing to be said: this browser cannot, or has not decided yet. */
  | { kind: 'none' }

/** What is known of a browser, as it tells it. */
export interface Browser {
  userAgent: string
  /** 0 where there is no touch screen; an iPad says it is a Mac, but a Mac has none. */
  maxTouchPoints: number
  /** Whether it was opened from the home screen. */
  standalone: boolean
}

/** Chromium's event, not in TypeScript's library: https://wicg.github.io/manifest-incubations/ */
interface BeforeInstallPromptEvent extends Event {
  prompt(): Promise<{ outcome: 'accepted' | 'dismissed' }>
}

/** Which way there is, before the browser offers its own. */
export function hintFor({ userAgent, maxTouchPoints, standalone }: Browser): InstallHint {
  if (standalone) return { kind: 'installed' }
  if (/iPhone|iPad|iPod/.test(userAgent)) return { kind: 'ios-share' }
  if (userAgent.includes('Macintosh') && maxTouchPoints > 1) return { kind: 'ios-share' }
  if (userAgent.includes('Android') && userAgent.includes('Firefox')) return { kind: 'firefox-menu' }
  const safari = /Version\/(\d+).* Safari/.exec(userAgent)
  // From Safari 17 on.
  if (userAgent.includes('Macintosh') && safari && Number(safari[1]) >= 17) return { kind: 'mac-dock' }
  return { kind: 'none' }
}

const hint = writable<InstallHint>({ kind: 'none' })
/** How to install it here and now. */
export const installHint: Readable<InstallHint> = hint

/** Looks, and goes on looking. */
export function watchInstall(): void {
  const standalone = matchMedia('(display-mode: standalone)')
  const look = (): void => {
    hint.set(hintFor({ ...browser(), standalone: standalone.matches || startedFromIosHomeScreen() }))
  }
  look()
  standalone.addEventListener('change', look)
  window.addEventListener('appinstalled', () => {
    hint.set({ kind: 'installed' })
  })
  onOffer((offer) => {
    hint.set({ kind: 'prompt', install: () => ask(offer as BeforeInstallPromptEvent, look) })
  })
}

async function ask(
  event: BeforeInstallPromptEvent,
  otherwise: () => void,
): Promise<'accepted' | 'dismissed'> {
  const { outcome } = await event.prompt()
  // The event can be used once.
  if (outcome === 'dismissed') otherwise()
  return outcome
}

function browser(): Omit<Browser, 'standalone'> {
  return { userAgent: navigator.userAgent, maxTouchPoints: navigator.maxTouchPoints }
}

function startedFromIosHomeScreen(): boolean {
  return 'standalone' in navigator && navigator.standalone === true
}
