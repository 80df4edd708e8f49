import 'fake-indexeddb/auto'

import { expect, test, vi } from 'vitest'

import { holdUntil, live } from './live'

test('nothing is asked before the first screen stands, and nothing at all for a list that has gone by then', async () => {
  let stands = (): void => undefined
  holdUntil(new Promise((resolve) => (stands = resolve)))
  const asked = vi.fn(() => Promise.resolve('here'))
  const askedInVain = vi.fn(() => Promise.resolve('nobody looks'))
  const seen: (string | undefined)[] = []
  const end = live(asked).subscribe((value) => seen.push(value))
  live(askedInVain).subscribe(() => undefined)()
  await Promise.resolve()
  expect(asked).not.toHaveBeenCalled()

  stands()
  await vi.waitFor(() => expect(seen).toEqual([undefined, 'here']))
  expect(askedInVain).not.toHaveBeenCalled()
  end()

  const later = vi.fn(() => Promise.resolve('at once'))
  const endLater = live(later).subscribe(() => undefined)
  await vi.waitFor(() => expect(later).toHaveBeenCalled())
  endLater()
})
