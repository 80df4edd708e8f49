/**
 * The page begins here. What the first screen needs is taken up in pieces: in one go it would keep a slow phone from
 * hearing a finger for too long. index.html asks for all of them at once (vite/first-load.ts).
 */

import { keepOffer } from './features/install/offer'

// Chromium offers the installation once, early.
keepOffer()
void begin()

async function begin(): Promise<void> {
  await import('./pieces/dexie')
  await import('./pieces/svelte')
  const { start } = await import('./start')
  await start()
}
