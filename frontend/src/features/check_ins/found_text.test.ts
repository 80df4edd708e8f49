import { describe, expect, it } from 'vitest'

import { foundText } from './found_text'

const shown = (note: string, sought: string): string =>
  foundText(note, sought)
    .map(({ text, found }) => (found ? `[${text}]` : text))
    .join('')

describe('the words found in a note', () => {
  it('marks them whatever their case and accents', () => {
    expect(shown('Sehr Müde, dann müder', 'mude')).toBe('Sehr [Müde], dann [müde]r')
    expect(shown('cafe\u0301 at noon', 'café')).toBe('[cafe\u0301] at noon')
  })

  it('marks several words, and overlapping ones once', () => {
    expect(shown('the sea was calm', 'calm sea')).toBe('the [sea] was [calm]')
    expect(shown('seaside', 'sea easi')).toBe('[seasi]de')
  })

  it('takes markup for what it is: text', () => {
    expect(shown('<b>x</b>', '<b>')).toBe('[<b>]x</b>')
  })

  it('keeps characters whole', () => {
    expect(shown('👩‍👧 home 👩‍👧', 'home')).toBe('👩‍👧 [home] 👩‍👧')
  })

  it('begins a long note shortly before what was found', () => {
    const note = `${'wave '.repeat(100)}harbour ${'wave '.repeat(100)}`.trim()
    const text = shown(note, 'harbour')
    expect(text.startsWith('… wave')).toBe(true)
    expect(text.endsWith('wave …')).toBe(true)
    expect(text).toContain('[harbour]')
    expect(text.length).toBeLessThan(230)
  })

  it('shows the beginning where nothing is sought', () => {
    expect(shown('a walk', '')).toBe('a walk')
  })
})
