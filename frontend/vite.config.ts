import { fileURLToPath } from 'node:url'

import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'

import { budget } from './vite/budget.ts'
import { buildName } from './vite/build-name.ts'
import { dexie } from './vite/dexie.ts'
import { atOnce, byFeature, firstLoad } from './vite/first-load.ts'
import { manifest } from './vite/manifest.ts'
import { precompress } from './vite/precompress.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const output = here('../app/web/frontend')
/** What main.ts takes up one after the other. */
const pieces = ['pieces/dexie.ts', 'pieces/svelte.ts', 'start.ts'].map((path) => here(`src/${path}`))
/** What start.ts, App.svelte and Today take up when the first screen is painted. */
const soon = [
  'features/check_ins/below_parts.ts',
  'features/sync/Notices.svelte',
  'features/accounts/forgetting.ts',
  'features/preferences/follow.ts',
  'features/buddies/reach_out_follow.ts',
  'features/buddies/follow_sharing.ts',
  'features/push/follow.ts',
  'sync/start.ts',
].map((path) => here(`src/${path}`))
/** Help has the numbers of every country, which whoever opens another screen is not to wait for. */
const first = ['safety']

export default defineConfig({
  root: here('.'),
  define: { __LEEWARD_BUILD__: JSON.stringify(buildName(here('..'))) },
  resolve: { alias: [dexie] },
  build: {
    outDir: output,
    emptyOutDir: true,
    // The oldest that have everything Leeward stands on: push on iOS came with 16.4.
    target: ['chrome111', 'firefox128', 'safari16.4'],
    // The policy allows data: pictures, but a file is cached once for all screens.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [...firstLoad(here('index.html'), pieces, soon), ...byFeature(here('src/'), first)],
        },
      },
    },
  },
  server: {
    // `npm run dev` beside `leeward serve`, started with LEEWARD_ORIGIN=http://localhost:5173.
    proxy: { '/api': 'http://127.0.0.1:8000', '/schema': 'http://127.0.0.1:8000' },
  },
  plugins: [
    svelte({ configFile: here('svelte.config.js') }),
    atOnce(pieces),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: '../service-worker',
      filename: 'sw.ts',
      // Trusted Types: the page registers the worker itself (features/install/worker.ts).
      injectRegister: false,
      manifest,
      // The home screen keeps its own copy of them.
      includeManifestIcons: false,
      injectManifest: {
        globPatterns: ['**/*.{css,html,js}', 'icons/favicon.svg', 'icons/icon-192.png'],
        // Their names carry a hash already.
        dontCacheBustURLsMatching: /^assets\//,
        target: ['chrome111', 'firefox128', 'safari16.4'],
        // A screen that is missing offline must not be found out by a person.
        maximumFileSizeToCacheInBytes: 4_000_000,
      },
    }),
    budget(80_000),
    precompress(output),
  ],
})
