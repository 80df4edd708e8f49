import { expect, test } from 'vitest'

import { cleanName } from './rules'

test('a name is kept on one line', () => {
  expect(cleanName('  Ada \n L. ')).toBe('Ada L.')
  expect(cleanName('👩‍🚀'.slice(0, 2))).toBe('👩')
})

test('what is no name', () => {
  expect(cleanName(' \t ')).toBeNull()
  expect(cleanName('a'.repeat(41))).toBeNull()
  expect(cleanName('Ada\u202e')).toBeNull()
  expect(cleanName('𝒜'.repeat(40))).toBe('𝒜'.repeat(40))
})
