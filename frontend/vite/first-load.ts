import { basename, extname } from 'node:path'

import type { HtmlTagDescriptor, Plugin, Rolldown } from 'vite'

type Group = Rolldown.CodeSplittingGroup
type Graph = Pick<Rolldown.PluginContext, 'getModuleInfo'>

/**
 * Puts what the first screen needs, all of it and nothing else, into few files: `begin` is what the page itself names,
 * then follow `pieces`, which it imports one after the other. Each is a file with everything it imports statically and
 * that none before it has. Few requests instead of thirty, and brotli finds more to share.
 *
 * What `soon` names is imported right after the first paint at every start, and comes in one file as well.
 */
export function firstLoad(
  entry: string,
  pieces: readonly string[] = [],
  soon: readonly string[] = [],
): Group[] {
  return [
    group('begin', [entry]),
    ...pieces.map((piece) => group(nameOf(piece), [piece])),
    group('soon', soon),
  ]
}

/**
 * Puts all screens of a feature, which come later, into one file, and what `ui` has for them into another. The worker
 * fetches every file at the first visit: a file for each screen and each icon made a hundred and forty requests of
 * that, most of them for less than a kilobyte.
 *
 * `first` are features that come before the others. What others share with them lies with them.
 */
export function byFeature(sources: string, first: readonly string[] = []): Group[] {
  const folder = (path: string): Group => ({
    name: basename(path),
    test: (module) => module.startsWith(`${sources}${path}/`),
  })
  const features = `${sources}features/`
  return [
    folder('ui'),
    ...first.map((name) => folder(`features/${name}`)),
    {
      name: (module) =>
        module.startsWith(features) ? (module.slice(features.length).split('/')[0] ?? null) : null,
    },
  ]
}

/** Lets the page ask for `pieces` and for their styles at once, instead of for each when the one before is there. */
export function atOnce(pieces: readonly string[]): Plugin {
  return {
    name: 'leeward:at-once',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(page, { bundle = {} }): HtmlTagDescriptor[] {
        const chunks = Object.values(bundle).filter((one) => one.type === 'chunk')
        const asked = pieces.map((piece) => {
          const chunk = chunks.find(({ moduleIds }) => moduleIds.includes(piece))
          if (chunk === undefined) throw new Error(`No file has ${piece} in it.`)
          return chunk
        })
        // And for what they share beside it, which would otherwise be asked for when one of them is there.
        const scripts = new Set(asked.flatMap(({ fileName, imports }) => [...imports, fileName]))
        const styles = new Set(asked.flatMap(({ viteMetadata }) => [...(viteMetadata?.importedCss ?? [])]))
        return [
          ...[...scripts]
            .filter((name) => !page.includes(`/${name}"`))
            .map((name) => link({ rel: 'modulepreload', crossorigin: true, href: `/${name}` })),
          ...[...styles].map((name) => link({ rel: 'stylesheet', crossorigin: true, href: `/${name}` })),
        ]
      },
    },
  }
}

const link = (attrs: Record<string, string | true>): HtmlTagDescriptor => ({
  tag: 'link',
  attrs,
  injectTo: 'head',
})

const nameOf = (path: string): string => basename(path, extname(path))

/** Groups are asked in their order: what one has, the next cannot get. */
function group(name: string, entries: readonly string[]): Group {
  const isReached = reachedFrom(entries)
  return { name: (module, graph) => (isReached(module, graph) ? name : null) }
}

function reachedFrom(entries: readonly string[]): (module: string, graph: Graph) => boolean {
  let reached: Set<string> | undefined
  return (module, graph) => {
    reached ??= staticallyImported(entries, graph)
    return reached.has(module)
  }
}

function staticallyImported(entries: readonly string[], graph: Graph): Set<string> {
  const found = new Set<string>()
  const left = [...entries]
  for (let module = left.pop(); module !== undefined; module = left.pop()) {
    if (found.has(module)) continue
    found.add(module)
    left.push(...(graph.getModuleInfo(module)?.importedIds ?? []))
  }
  return found
}
