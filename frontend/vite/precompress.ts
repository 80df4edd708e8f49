import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

import type { Plugin } from 'vite'

const TEXT = /\.(?:css|html|js|json|svg|txt|webmanifest)$/
const brotli = promisify(brotliCompress)
const deflate = promisify(gzip)

/** Writes `.br` and `.gz` beside every text file of the build, where they are smaller than the file itself. */
export function precompress(directory: string): Plugin {
  return {
    name: 'leeward:precompress',
    apply: 'build',
    // After the service worker has been written, which happens in this hook as well.
    closeBundle: {
      sequential: true,
      order: 'post',
      async handler(error) {
        if (error) return
        const files = await readdir(directory, { recursive: true })
        await Promise.all(
          files.filter((file) => TEXT.test(file)).map((file) => compress(join(directory, file))),
        )
      },
    },
  }
}

async function compress(path: string): Promise<void> {
  const plain = await readFile(path)
  const packed = {
    br: await brotli(plain, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
      },
    }),
    gz: await deflate(plain, { level: constants.Z_BEST_COMPRESSION }),
  }
  for (const [suffix, content] of Object.entries(packed)) {
    const target = `${path}.${suffix}`
    await (content.length < plain.length ? writeFile(target, content) : rm(target, { force: true }))
  }
}
