import { MediaQuery } from 'svelte/reactivity'

/** Whether there is room for two columns: the same width as in the style sheets. */
export const wide = new MediaQuery('(min-width: 56.25em)')
