import { brotliCompressSync } from 'node:zlib'

import type { Plugin, Rollup } from 'vite'

/**
 * Fails the build when the first load needs more JavaScript than `limit` bytes after brotli.
 * The first load is every entry with all that it imports statically; what is imported later is not counted.
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

function firstLoad(bundle: Rollup.OutputBundle): Rollup.OutputChunk[] {
  const chunks = new Map<string, Rollup.OutputChunk>()
  const visit = (name: string): void => {
    const chunk = bundle[name]
    if (chunk?.type !== 'chunk' || chunks.has(name)) return
    chunks.set(name, chunk)
    chunk.imports.forEach(visit)
  }
  for (const [name, chunk] of Object.entries(bundle)) {
    if (chunk.type === 'chunk' && chunk.isEntry) visit(name)
  }
  return [...chunks.values()]
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`
}
