/**
 * What a browser does for pages, done for screens: the focus goes to the new screen's title, Back returns to the
 * place and to the link that was left, and modified clicks open tabs.
 */
import { tick } from 'svelte'

interface Place {
  path: string
  scroll: number
  /** The link that led away from here. */
  left?: string
}

const key = 'leeward.places'
const places = new Map<number, Place>(recall())
let currentPath: string | null = null
let returning: Place | null = null

/** The router numbers its history entries. */
function index(): number {
  const state: unknown = history.state
  if (typeof state !== 'object' || state === null || !('_routerIndex' in state)) return 0
  return Number(state._routerIndex)
}

/** To be called once, before the router is there. */
export function watchArrivals(): void {
  // An entry the router has not numbered yet: a new visit, whose places are not known.
  if (history.state === null) places.clear()
  history.scrollRestoration = 'manual'
  window.addEventListener('popstate', () => {
    returning = places.get(index()) ?? { path: location.pathname, scroll: 0 }
  })
  window.addEventListener('scroll', () => note({ scroll: window.scrollY }), { passive: true })
  window.addEventListener('pagehide', remember)
  document.addEventListener('click', beforeLink, { capture: true })
  // The router would turn a click that asks for a new tab into an ordinary one. It listens on window.
  document.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) event.stopPropagation()
  })
}

/** The screen before this one, if Back leads to a screen of ours. */
export const cameFrom = (): string | null => places.get(index() - 1)?.path ?? null

/** The router has put a screen there. */
export async function arrived({ pathname }: { pathname: string }): Promise<void> {
  const first = currentPath === null
  const moved = currentPath !== pathname
  const back = returning
  currentPath = pathname
  returning = null
  note({ path: pathname, scroll: back?.scroll ?? 0 })
  if (first || !moved) return
  await tick()
  await Promise.all([
    focusIn(pathname, back),
    back !== null && back.scroll > 0 ? scrollBackTo(pathname, back.scroll) : undefined,
  ])
}

/** The title of the screen takes the focus: beside a list the detail's, and never one that is hidden. */
export function focusTitle(): boolean {
  const titles = [...document.querySelectorAll<HTMLElement>('main h1')]
  const title = titles.filter((one) => one.checkVisibility()).at(-1)
  title?.focus({ preventScroll: true })
  return title !== undefined
}

/** What comes from the phone's store is there a moment after the screen: look again for half a second. */
async function focusIn(pathname: string, back: Place | null): Promise<void> {
  const before = document.activeElement
  const main = document.querySelector('main')
  for (let frame = 0; frame < 30; frame++) {
    // Somebody went on already, to another screen or within this one.
    if (currentPath !== pathname || document.activeElement !== before) return
    if (back?.left === undefined) {
      if (focusTitle()) return
    } else {
      const link = main?.querySelector<HTMLElement>(
        `a[href="${CSS.escape(back.left).replaceAll('\\/', '/')}"]`,
      )
      if (link) {
        link.focus({ preventScroll: true })
        return
      }
    }
    await new Promise(requestAnimationFrame)
  }
  if (!focusTitle()) main?.focus({ preventScroll: true })
}

/** Waits for the page to be as long as it was, but not long. */
async function scrollBackTo(pathname: string, scroll: number): Promise<void> {
  for (let frame = 0; frame < 30; frame++) {
    if (currentPath !== pathname) return
    const room = document.documentElement.scrollHeight - window.innerHeight
    if (room >= scroll || frame === 29) {
      window.scrollTo(0, scroll)
      return
    }
    await new Promise(requestAnimationFrame)
  }
}

function beforeLink(event: MouseEvent): void {
  const link = event.target instanceof Element ? event.target.closest('a') : null
  const href = link?.getAttribute('href')
  if (!link || typeof href !== 'string') return
  if (link.closest('main')) note({ left: href })
  const before = places.get(index() - 1)
  if (link.dataset['back'] === undefined || before?.path !== href) return
  // The way back is the same as the browser's: no second entry for it.
  event.preventDefault()
  event.stopPropagation()
  history.back()
}

function note(seen: Partial<Place>): void {
  const at = index()
  const known = places.get(at) ?? { path: currentPath ?? location.pathname, scroll: 0 }
  places.set(at, { ...known, ...seen })
}

function recall(): [number, Place][] {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? '[]') as [number, Place][]
  } catch {
    return []
  }
}

function remember(): void {
  try {
    sessionStorage.setItem(key, JSON.stringify([...places]))
  } catch {
    // Without it, Back after a reload begins at the top.
  }
}
