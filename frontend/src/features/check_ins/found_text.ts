/** A piece of a note: found, or what stands between. Shown as text, never as markup. */
export interface Piece {
  text: string
  found: boolean
}

/** In characters of the note, before and after the first word found. */
const around = 90

/** Without case and accents: "Müde" is found by "mude". */
export const folded = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/**
 * The note with every place that matches a word of `sought`; a long one begins shortly before the first of them.
 * Cuts fall between words, so that no character is ever broken.
 */
export function foundText(note: string, sought: string): Piece[] {
  const ranges = rangesOf(note, sought)
  const [from, to] = excerpt(note, ranges[0]?.[0] ?? 0)
  const pieces: Piece[] = []
  const add = (text: string, found: boolean): void => {
    if (text !== '') pieces.push({ text, found })
  }
  let at = from
  for (const [start, end] of ranges) {
    if (start < at || end > to) continue
    add(note.slice(at, start), false)
    add(note.slice(start, end), true)
    at = end
  }
  add(note.slice(at, to), false)
  const first = pieces[0]
  const last = pieces.at(-1)
  if (first && from > 0) first.text = first.found ? first.text : `… ${first.text}`
  if (last && to < note.length) pieces.push({ text: ' …', found: false })
  return pieces
}

/** Where words of `sought` stand in the note, from start to end, none touching another. */
function rangesOf(note: string, sought: string): [number, number][] {
  // Folding changes lengths: each folded character remembers where it came from.
  let plain = ''
  const origin: number[] = []
  let index = 0
  for (const character of note) {
    const parts = folded(character)
    origin.push(...Array.from({ length: parts.length }, () => index))
    plain += parts
    index += character.length
  }
  origin.push(note.length)

  const ranges: [number, number][] = []
  for (const word of folded(sought).split(/\s+/)) {
    if (word === '') continue
    for (let at = plain.indexOf(word); at !== -1; at = plain.indexOf(word, at + word.length)) {
      ranges.push([origin[at] ?? 0, origin[at + word.length] ?? note.length])
    }
  }
  ranges.sort(([one], [other]) => one - other)
  return ranges.reduce<[number, number][]>((merged, range) => {
    const last = merged.at(-1)
    if (last && range[0] <= last[1]) last[1] = Math.max(last[1], range[1])
    else merged.push(range)
    return merged
  }, [])
}

function excerpt(note: string, first: number): [number, number] {
  if (note.length <= 2 * around) return [0, note.length]
  const before = note.slice(0, Math.max(0, first - around))
  const from = before === '' ? 0 : endOfSpace(before)
  const rest = note.slice(first + around)
  const gap = rest.search(/\s/)
  return [from, gap === -1 ? note.length : first + around + gap]
}

/** Just after the last space of the text; where it has none, from the beginning. */
function endOfSpace(text: string): number {
  const match = /.*\s/su.exec(text)
  return match === null ? 0 : match[0].length
}
