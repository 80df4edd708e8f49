import type { Rolldown } from 'vite'

type Group = Rolldown.CodeSplittingGroup
type Graph = Pick<Rolldown.PluginContext, 'getModuleInfo'>

/**
 * Puts what the first screen needs, all of it and nothing else, into two files: `parts` (the libraries, which change
 * seldom) and `first`. Two requests instead of thirty, and brotli finds more to share.
 *
 * What `soon` names is imported right after the first paint at every start, and comes in one file as well.
 */
export function firstLoad(entry: string, soon: readonly string[] = []): Group[] {
  const isNeeded = reachedFrom([entry])
  const isSoon = reachedFrom(soon)
  return [
    // First come, first served: what the libraries leave is ours.
    { test: /node_modules/, name: (module, graph) => (isNeeded(module, graph) ? 'parts' : null) },
    { name: (module, graph) => (isNeeded(module, graph) ? 'first' : null) },
    { name: (module, graph) => (isSoon(module, graph) ? 'soon' : null) },
  ]
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
