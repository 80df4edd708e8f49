/** What is used of them first: with it comes all of Svelte and of its router that the first screen uses. */
export { mount } from 'svelte'
export { Router } from 'sv-router'
