import type { Rolldown } from 'vite'

type Group = Rolldown.CodeSplittingGroup
type Graph = Pick<Rolldown.PluginContext, 'getModuleInfo'>

/**
 * Puts what the first screen needs, all of it and nothing else, into two files: `parts` (the libraries, which change
 * seldom) and `first`. Two requests instead of thirty, and brotli finds more to share.
 */
export function firstLoad(entry: string): Group[] {
  let needed: Set<string> | undefined
  const isNeeded = (module: string, graph: Graph): boolean => {
    needed ??= staticallyImported(entry, graph)
    return needed.has(module)
  }
  return [
    // First come, first served: what the libraries leave is ours.
    { test: /node_modules/, name: (module, graph) => (isNeeded(module, graph) ? 'parts' : null) },
    { name: (module, graph) => (isNeeded(module, graph) ? 'first' : null) },
  ]
}

function staticallyImported(entry: string, graph: Graph): Set<string> {
  const found = new Set<string>()
  const left = [entry]
  for (let module = left.pop(); module !== undefined; module = left.pop()) {
    if (found.has(module)) continue
    found.add(module)
    left.push(...(graph.getModuleInfo(module)?.importedIds ?? []))
  }
  return found
}
