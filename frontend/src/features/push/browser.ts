/** What this browser can do about pushes, and whose instructions fit it. Pure: what is known comes in. */

/** What is known of a browser, as it tells it. */
export interface BrowserFacts {
  userAgent: string
  /** 0 where there is no touch screen; an iPad says it is a Mac, but a Mac has none. */
  maxTouchPoints: number
  /** Whether it was opened from the home screen. */
  standalone: boolean
  /** Whether there are service workers, pushes and notifications here. */
  worker: boolean
  pushes: boolean
  notifications: boolean
}

export type Ability =
  | 'possible'
  /** iPhone and iPad: only from the home screen. */
  | 'install-first'
  /** A private window, where there is no worker. */
  | 'no-worker'
  | 'not-here'

export function abilityOf(facts: BrowserFacts): Ability {
  if (facts.worker && facts.pushes && facts.notifications) return 'possible'
  if (isIos(facts)) return facts.standalone ? 'not-here' : 'install-first'
  return facts.worker ? 'not-here' : 'no-worker'
}

/** Whose way it is to allow notifications again after a no. */
export type Way =
  'ios' | 'chrome-android' | 'firefox-android' | 'samsung' | 'firefox' | 'safari' | 'chromium' | 'installed'

export function wayBack(facts: BrowserFacts): Way {
  const { userAgent, standalone } = facts
  if (isIos(facts)) return 'ios'
  const android = userAgent.includes('Android')
  if (android && standalone) return 'installed'
  if (userAgent.includes('SamsungBrowser')) return 'samsung'
  if (userAgent.includes('Firefox')) return android ? 'firefox-android' : 'firefox'
  if (android) return 'chrome-android'
  return /Version\/\d+.* Safari/.test(userAgent) ? 'safari' : 'chromium'
}

/** Where this browser has a switch of its own for its push service. */
export function isBrave(brands: readonly { brand: string }[] = []): boolean {
  return brands.some(({ brand }) => brand === 'Brave')
}

function isIos({ userAgent, maxTouchPoints }: BrowserFacts): boolean {
  return /iPhone|iPad|iPod/.test(userAgent) || (userAgent.includes('Macintosh') && maxTouchPoints > 1)
}

/** This browser, now. */
export function browserHere(): BrowserFacts {
  return {
    userAgent: navigator.userAgent,
    maxTouchPoints: navigator.maxTouchPoints,
    standalone:
      matchMedia('(display-mode: standalone)').matches ||
      ('standalone' in navigator && navigator.standalone === true),
    worker: 'serviceWorker' in navigator,
    pushes: 'PushManager' in globalThis,
    notifications: 'Notification' in globalThis,
  }
}
