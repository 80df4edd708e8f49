import { fileURLToPath } from 'node:url'

import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

import { dexie } from './vite/dexie.ts'

export default defineConfig({
  plugins: [svelte({ configFile: fileURLToPath(new URL('svelte.config.js', import.meta.url)) })],
  define: { __LEEWARD_BUILD__: JSON.stringify('test') },
  // The same Svelte that a browser gets, not the one that renders on a server.
  resolve: { conditions: ['browser'], alias: [dexie] },
  test: {
    include: ['src/**/*.test.ts', 'vite/**/*.test.ts', '../service-worker/**/*.test.ts'],
    // For what hangs. How fast a machine is, is no test's business.
    testTimeout: 60_000,
  },
})
