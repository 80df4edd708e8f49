import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const PARTS = [
  'frontend/src',
  'frontend/index.html',
  'service-worker',
  'app/safety/data',
  'package-lock.json',
]

/** Twelve hexadecimal digits that change whenever anything that goes into the app changes. */
export function buildName(root: string): string {
  const hash = createHash('sha256')
  for (const part of PARTS) {
    for (const path of filesIn(root, part)) {
      hash
        .update(path)
        .update('\0')
        .update(readFileSync(join(root, path)))
        .update('\0')
    }
  }
  return hash.digest('hex').slice(0, 12)
}

function filesIn(root: string, part: string): string[] {
  if (/\.\w+$/.test(part)) return [part]
  return readdirSync(join(root, part), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replaceAll('\\', '/'))
    .sort()
}
