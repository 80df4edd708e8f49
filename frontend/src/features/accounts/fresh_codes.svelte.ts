/** Recovery codes that were just made: in this tab's memory only, until the person says that they are kept. */

let codes = $state.raw<readonly string[] | null>(null)

/** Null where there is nothing to keep. */
export const freshCodes = (): readonly string[] | null => codes

export function showCodes(made: readonly string[]): void {
  codes = made
  window.addEventListener('beforeunload', ask)
}

/** They are kept, or whoever they were for is no longer here. */
export function forgetCodes(): void {
  codes = null
  window.removeEventListener('beforeunload', ask)
}

/** Closing the tab would lose them: the browser asks first, in its own words. */
function ask(event: BeforeUnloadEvent): void {
  event.preventDefault()
}
