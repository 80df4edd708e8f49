/** Ten thousand rows at once would freeze the screen; in pieces, the same transaction lets it breathe in between. */

const PIECE = 250

/** Calls `work` with one piece of `items` after the other. */
export async function inPieces<T>(
  items: readonly T[],
  work: (piece: readonly T[]) => Promise<unknown>,
): Promise<void> {
  for (let from = 0; from < items.length; from += PIECE) await work(items.slice(from, from + PIECE))
}
