/** What the worker may say to a page: somebody tapped a notification. The page answers on the port it is given. */
export interface FromWorker {
  type: 'open'
  path: string
}

/** Whether something that arrived by postMessage is that. */
export function isFromWorker(data: unknown): data is FromWorker {
  return (
    typeof data === 'object' &&
    data !== null &&
    'type' in data &&
    data.type === 'open' &&
    'path' in data &&
    typeof data.path === 'string' &&
    data.path.startsWith('/') &&
    !data.path.startsWith('//')
  )
}
