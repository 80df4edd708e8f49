import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { clean } from './text'

test('a half of a character alone becomes the sign for it, NUL goes', () => {
  expect(clean({ note: 'a\ud800b', words: ['\udc00', 'n\0ul', '🌊'] })).toEqual({
    note: 'a\ufffdb',
    words: ['\ufffd', 'nul', '🌊'],
  })
})

test('whatever is given can be stored and sent as it is, and stays the same when cleaned again', () => {
  fc.assert(
    fc.property(
      fc.jsonValue({ stringUnit: 'binary', maxDepth: 2 }),
      fc.string({ unit: 'binary' }),
      (value, text) => {
        // As JSON has it: without a negative zero.
        const once = clean([JSON.parse(JSON.stringify(value)) as unknown, text, text + '\ud83c\0'])
        const sent = JSON.stringify(once)
        // JSON writes a half of a character as an escape.
        expect(sent).not.toMatch(/\\ud[89a-f]|\\u0000/)
        expect(clean(once)).toEqual(once)
        expect(JSON.parse(sent)).toEqual(once)
      },
    ),
  )
})

test('what is not there is left out, so that it is the same after the wire', () => {
  expect(Object.keys(clean({ a: 1, b: undefined }))).toEqual(['a'])
})
