/** The server's pokes: one stream a browser, only while somebody looks. They say "pull" and nothing else. */

const LEADER = 'leeward-stream'
/** After the server or something in between turned the stream down. Milliseconds. */
const TRY_AGAIN = 30_000

export class PokeStream {
  #device: string | null = null
  #release: (() => void) | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  /** `onPoke` is called at each poke, and each time the stream has (re)connected: the server pokes then. */
  constructor(private readonly onPoke: () => void) {}

  /** Follows the pokes for this device id; null: signed out, or nobody looks. */
  follow(device: string | null): void {
    if (device === this.#device) return
    this.#device = device
    clearTimeout(this.#timer)
    this.#release?.()
    if (device !== null) this.#lead(device)
  }

  /** Waits until no other tab follows, then follows until it is not wanted any more. */
  #lead(device: string): void {
    const waiting = new AbortController()
    this.#release = () => waiting.abort()
    if (!('locks' in navigator)) {
      void this.#listen(device)
      return
    }
    navigator.locks
      .request(LEADER, { signal: waiting.signal }, () => this.#listen(device))
      // Aborted while it waited for its turn, which is what was wished for.
      .catch(() => undefined)
  }

  async #listen(device: string): Promise<void> {
    if (device !== this.#device) return
    const stream = new EventSource(`/api/sync/stream?device=${encodeURIComponent(device)}`)
    stream.addEventListener('pull', () => this.onPoke())
    const wanted = await new Promise<boolean>((leave) => {
      this.#release = () => leave(false)
      // This device was ended: the next sync says so, and erases.
      stream.addEventListener('end', () => leave(true))
      stream.addEventListener('error', () => {
        // A lost connection the browser mends by itself; this one was turned down.
        if (stream.readyState === EventSource.CLOSED) leave(true)
      })
    })
    stream.close()
    if (!wanted) return
    this.#release = undefined
    this.onPoke()
    this.#timer = setTimeout(() => this.#lead(device), TRY_AGAIN)
  }
}
