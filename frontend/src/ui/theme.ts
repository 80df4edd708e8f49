/** How it looks: as the system says, or as the member chose. Remembered on this phone for the first paint. */
export type Theme = 'system' | 'light' | 'dark'

const remembered = 'leeward.theme'

export const isTheme = (value: unknown): value is Theme =>
  value === 'system' || value === 'light' || value === 'dark'

/** Shows it at once and from now on. */
export function wear(theme: Theme): void {
  show(theme)
  try {
    localStorage.setItem(remembered, theme)
  } catch {
    // Storage is closed to us: it then lasts as long as this page.
  }
}

/** Before the first paint: what was chosen on this phone. */
export function wearRemembered(): void {
  show(rememberedTheme())
}

/** What was chosen on this phone; otherwise, or where storage is closed to us, as the system says. */
export function rememberedTheme(): Theme {
  try {
    const chosen = localStorage.getItem(remembered)
    return isTheme(chosen) ? chosen : 'system'
  } catch {
    return 'system'
  }
}

function show(theme: Theme): void {
  const root = document.documentElement
  if (theme === 'system') delete root.dataset['theme']
  else root.dataset['theme'] = theme
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name="theme-color"]')) {
    meta.dataset['system'] ??= meta.content
    meta.content = theme === 'system' ? meta.dataset['system'] : getComputedStyle(root).backgroundColor
  }
}
