/** In one file, so that they come together. */

export { default as FromBuddies } from '../buddies/FromBuddies.svelte'
export { default as OnToday } from '../buddies/OnToday.svelte'
export { default as SharingLine } from '../buddies/SharingLine.svelte'
export { default as WhatHelps } from '../toolbox/WhatHelps.svelte'
export { default as Additions } from './Additions.svelte'
export { default as NoteField } from './NoteField.svelte'
export { default as OnlyYou } from './OnlyYou.svelte'
export { default as Quiet } from './Quiet.svelte'
export { default as SoFar } from './SoFar.svelte'
