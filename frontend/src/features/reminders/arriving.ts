/** What Today says to somebody whom a reminder has led there: loaded only then. */

import type FromReminder from './FromReminder.svelte'

/** Apart from Today itself: the router takes a component for one to be loaded whose code has such an import in it. */
export function fromReminder(): Promise<{ default: typeof FromReminder }> {
  return import('./FromReminder.svelte')
}
