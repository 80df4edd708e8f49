import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'

import { afterEach, beforeEach, expect, test } from 'vitest'
import { build } from 'vite'

import { budget } from './budget'
import { atOnce, byFeature, firstLoad } from './first-load'
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

async function built(limit: number, pieces: readonly string[] = []): Promise<Map<string, Buffer>> {
  const dist = join(root, 'dist')
  await build({
    root,
    configFile: false,
    logLevel: 'silent',
    build: {
      rolldownOptions: {
        output: {
          codeSplitting: {
            groups: [...firstLoad(join(root, 'index.html'), pieces), ...byFeature(`${root}/`)],
          },
        },
      },
    },
    plugins: [atOnce(pieces), budget(limit), precompress(dist)],
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

test('pieces are files of their own, that the page asks for at once and are part of the first load', async () => {
  await writeFile(join(root, 'main.js'), "await import('./one.js')\nawait import('./two.js')\n")
  await writeFile(join(root, 'one.js'), "import { greet } from './greet.js'\ngreet('one')\n")
  await writeFile(
    join(root, 'two.js'),
    "import { greet } from './greet.js'\nimport './two.css'\ngreet('two')\n",
  )
  await writeFile(join(root, 'two.css'), 'p { color: green }')
  const pieces = ['one', 'two'].map((name) => join(root, `${name}.js`))
  const files = await built(2_000, pieces)

  const page = String(files.get('/index.html'))
  const asked = [...page.matchAll(/<link rel="(\w+)"[^>]* href="([^"]+)"/g)].map(([, rel, name = '']) => ({
    rel,
    name: name.replace(/-.*\./, '.'),
    content: String(files.get(name)),
  }))
  expect(asked.map(({ rel, name }) => [rel, name])).toEqual([
    ['modulepreload', '/assets/one.js'],
    ['modulepreload', '/assets/two.js'],
    ['stylesheet', '/assets/two.css'],
  ])
  // What both need comes with the first of them.
  expect(asked.map(({ content }) => content.includes('shared'))).toEqual([true, false, false])
  await expect(built(100, pieces)).rejects.toThrow(/one-[\w-]+\.js .*two-[\w-]+\.js/s)
})

test('the screens of a feature come in one file, and what they are made of in another', async () => {
  const screens = ['boats/Harbour', 'boats/Quay', 'tides/High']
  for (const path of ['ui', 'features/boats', 'features/tides'])
    await mkdir(join(root, path), { recursive: true })
  await writeFile(join(root, 'ui/button.js'), "export const button = (word) => console.log('button', word)\n")
  for (const screen of screens) {
    const made = `import { button } from '../../ui/button.js'\nbutton('screen ${screen}')\n`
    await writeFile(join(root, `features/${screen}.js`), made)
  }
  const asked = screens.map((screen) => `() => import('./features/${screen}.js')`)
  await writeFile(join(root, 'main.js'), `globalThis.screens = [${asked.join()}]\n`)

  const scripts = [...(await built(2_000))].filter(([path]) => path.endsWith('.js'))
  const has = (words: string): string[] =>
    scripts.filter(([, content]) => String(content).includes(words)).map(([path]) => path.replace(/-.*/, ''))
  expect(has('screen boats/Harbour')).toEqual(['/assets/boats'])
  expect(has('screen boats/Quay')).toEqual(['/assets/boats'])
  expect(has('screen tides/High')).toEqual(['/assets/tides'])
  expect(has('`button`')).toEqual(['/assets/ui'])
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
