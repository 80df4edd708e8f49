/** What a page may say to the service worker, by postMessage. */
export type ToWorker =
  /** The person accepted the new version: let the waiting worker take over. */
  | { type: 'skip-waiting' }
  /** Another version takes over: give up what is being asked of the server. */
  | { type: 'let-go' }

/** Whether something that arrived by postMessage is one of ours. */
export function isToWorker(data: unknown): data is ToWorker {
  if (typeof data !== 'object' || data === null || !('type' in data)) return false
  return data.type === 'skip-waiting' || data.type === 'let-go'
}
