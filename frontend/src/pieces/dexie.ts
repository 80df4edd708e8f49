/** What is used of it first: with it comes all of Dexie that is used. */
export { Dexie } from 'dexie'
