import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'

import { afterEach, beforeEach, expect, test } from 'vitest'
import { build } from 'vite'

import { budget } from './budget'
import { firstLoad } from './first-load'
import { precompress } from './precompress'

let root: string

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'leeward-build-'))
  await writeFile(join(root, 'index.html'), '<!doctype html><script type="module" src="/main.js"></script>')
  await writeFile(
    join(root, 'main.js'),
    "import { greet } from './greet.js'\ngreet('first')\nglobalThis.later = () => import('./later.js')\n",
  )
  await writeFile(join(root, 'greet.js'), "export const greet = (who) => console.log('shared', who)\n")
  await writeFile(
    join(root, 'later.js'),
    `import { greet } from './greet.js'\ngreet('later')\nconsole.log('${'long '.repeat(400)}')\n`,
  )
})

afterEach(() => rm(root, { recursive: true }))

async function built(limit: number): Promise<Map<string, Buffer>> {
  const dist = join(root, 'dist')
  await build({
    root,
    configFile: false,
    logLevel: 'silent',
    build: {
      rolldownOptions: { output: { codeSplitting: { groups: firstLoad(join(root, 'index.html')) } } },
    },
    plugins: [budget(limit), precompress(dist)],
  })
  const names = await readdir(dist, { recursive: true, withFileTypes: true })
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return new Map(
    await Promise.all(files.map(async (path) => [path.slice(dist.length), await readFile(path)] as const)),
  )
}

test('a first load over its budget fails the build and says what it is made of', async () => {
  await expect(built(20)).rejects.toThrow(/first load is .* kB of JavaScript .*assets\/[\w-]+\.js/s)
})

test('what is imported later is not in the first load', async () => {
  const files = await built(2_000)
  const page = String(files.get('/index.html'))
  const named = [...page.matchAll(/src="([^"]+)"/g)].map(([, name]) => String(files.get(name ?? '')))
  expect(named.join()).toContain('shared')
  expect(named.join()).not.toContain('long long')
  expect([...files.keys()].some((name) => /later-.*\.js$/.test(name))).toBe(true)
})

test('every text file has its packed forms beside it, where they are smaller', async () => {
  const files = await built(2_000)
  const [name, plain] = [...files].find(([path]) => /later-.*\.js$/.test(path)) ?? []
  expect(brotliDecompressSync(files.get(`${name ?? ''}.br`) ?? '')).toEqual(plain)
  expect(gunzipSync(files.get(`${name ?? ''}.gz`) ?? '')).toEqual(plain)
  for (const [path, content] of files) {
    for (const packed of [files.get(`${path}.br`), files.get(`${path}.gz`)]) {
      if (packed !== undefined) expect(packed.length).toBeLessThan(content.length)
    }
  }
})
