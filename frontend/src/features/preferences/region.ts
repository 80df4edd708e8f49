/** The region for help as chosen on this phone: remembered apart from the store, so that Help now never waits for it. */

const remembered = 'leeward.region'

/** "Let the phone guess", as it is synced: ISO 3166's own code for no country in particular. */
export const NO_REGION = 'ZZ'

/** An ISO 3166-1 alpha-2 code; null where nothing was chosen. */
export function rememberedRegion(): string | null {
  try {
    const region = localStorage.getItem(remembered)
    return region !== null && /^[A-Z]{2}$/.test(region) ? region : null
  } catch {
    return null
  }
}

/** `NO_REGION` forgets it. */
export function rememberRegion(region: string): void {
  try {
    if (region === NO_REGION) localStorage.removeItem(remembered)
    else localStorage.setItem(remembered, region)
  } catch {
    // Storage is closed to us: Help now then asks the phone each time.
  }
}
