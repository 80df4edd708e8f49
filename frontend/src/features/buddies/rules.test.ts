import { expect, test } from 'vitest'

import { cleanName, onOneLine, readKey, secretOf } from './rules'

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

test('text is put on one line, and nothing in it turns it round or hides', () => {
  expect(onOneLine(' Ring\tme,\r\nplease\u2028now ')).toBe('Ring me, please now')
  expect(onOneLine('a\u0000\u001b\u200b\u202e\u2066\ufeffb')).toBe('ab')
  for (const whole of ['👩‍🚀 ❤️', 'می‌خواهم']) expect(onOneLine(whole)).toBe(whole)
})

const SECRET = 'pLq9-x_7RkT2bnV4mWz8sYc1EdA'

test('a code is read however its digits are set apart', () => {
  for (const typed of ['482913057', ' 482 913 057 ', '482-913-057', '482.913.057']) {
    expect(readKey(typed)).toEqual({ code: '482913057' })
  }
  for (const typed of ['', '48291305', '4829130577', 'nine digits', '12345678901234567890']) {
    expect(readKey(typed)).toBeNull()
  }
})

test('a pasted link opens what it leads to', () => {
  expect(readKey(`https://leeward.example/invited#${SECRET}`)).toEqual({ secret: SECRET })
  expect(readKey(` ${SECRET}\n`)).toEqual({ secret: SECRET })
  expect(readKey('https://leeward.example/invited')).toBeNull()
  expect(readKey('https://leeward.example/invited#')).toBeNull()
})

test('what stands behind the # of an address is asked about, whole or not', () => {
  expect(secretOf(`#${SECRET}`)).toBe(SECRET)
  expect(secretOf('#x')).toBe('x')
  expect(secretOf('#')).toBeNull()
  expect(secretOf('')).toBeNull()
  expect(secretOf(`#${'x'.repeat(300)}`)).toHaveLength(100)
})
