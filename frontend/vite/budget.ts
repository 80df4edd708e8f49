import { brotliCompressSync } from 'node:zlib'

import type { Plugin, Rolldown } from 'vite'

/**
 * Fails the build when the first load needs more JavaScript than `limit` bytes after brotli.
 * The first load is what index.html names, with all that it imports statically; what is imported later is not counted.
 */
export function budget(limit: number): Plugin {
  return {
    name: 'leeward:budget',
    apply: 'build',
    enforce: 'post',
    writeBundle(_options, bundle) {
      const sizes = firstLoad(bundle).map((chunk) => ({
        name: chunk.fileName,
        bytes: brotliCompressSync(chunk.code).length,
      }))
      const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0)
      const list = sizes.map(({ name, bytes }) => `${name} ${kilobytes(bytes)}`).join(', ')
      if (total > limit) {
        this.error(
          `The first load is ${kilobytes(total)} of JavaScript (brotli), more than ${kilobytes(limit)}. ` +
            `Import later what Today does not need. It is made of: ${list}.`,
        )
      }
      this.info(`first load: ${kilobytes(total)} of ${kilobytes(limit)} JavaScript, brotli`)
    },
  }
}

function firstLoad(bundle: Rolldown.OutputBundle): Rolldown.OutputChunk[] {
  const page = bundle['index.html']
  if (page?.type !== 'asset') throw new Error('The build made no index.html.')
  const named = [...page.source.toString().matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)]
  const chunks = new Map<string, Rolldown.OutputChunk>()
  const visit = (name: string | undefined): void => {
    const chunk = bundle[name ?? '']
    if (chunk?.type !== 'chunk' || chunks.has(chunk.fileName)) return
    chunks.set(chunk.fileName, chunk)
    chunk.imports.forEach(visit)
  }
  named.forEach(([, name]) => visit(name))
  if (chunks.size === 0) throw new Error('index.html names no script.')
  return [...chunks.values()]
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`
}
