/** The region for help as chosen on this phone: remembered apart from the store, so that Help now never waits for it. */

const remembered = 'leeward.region'

/** An ISO 3166-1 alpha-2 code; null where nothing was chosen. */
export function rememberedRegion(): string | null {
  try {
    const region = localStorage.getItem(remembered)
    return region !== null && /^[A-Z]{2}$/.test(region) ? region : null
  } catch {
    return null
  }
}

/** Null forgets it. */
export function rememberRegion(region: string | null): void {
  try {
    if (region === null) localStorage.removeItem(remembered)
    else localStorage.setItem(remembered, region)
  } catch {
    // Storage is closed to us: Help now then asks the phone each time.
  }
}
