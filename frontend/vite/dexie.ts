import { fileURLToPath } from 'node:url'

/**
 * Dexie in today's JavaScript. What `import 'dexie'` finds by itself is the same code translated for the browsers of
 * 2015, which is larger and slower to start.
 */
export const dexie = {
  find: /^dexie$/,
  replacement: fileURLToPath(new URL('../../node_modules/dexie/dist/modern/dexie.mjs', import.meta.url)),
}
