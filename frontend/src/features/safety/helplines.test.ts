import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { carriedEdition, carriedHelplines, readHelplines } from './helplines'
import { readHours } from './hours'

const file = readFileSync(new URL('../../../../app/safety/data/helplines.json', import.meta.url))
const { regions } = carriedHelplines()
const lines = regions.flatMap((region) => region.lines)

describe('what the app carries', () => {
  it('is the server’s own data, whole', () => {
    expect(regions).toHaveLength(48)
    expect(lines).toHaveLength(160)
  })

  it('is named as the server names it, so that nothing is sent twice', async () => {
    expect(await carriedEdition()).toBe(`"${createHash('sha256').update(file).digest('hex')}"`)
  })

  it('has opening hours that can be said, or says that it has none', () => {
    const unreadable = lines.filter(
      (line) => line.hours !== 'unknown' && readHours(line.hours).known === 'no',
    )
    expect(unreadable).toEqual([])
  })

  it('claims no check that nobody made', () => {
    expect(lines.filter((line) => line.verified !== null)).toEqual([])
  })
})

describe('what a server sends', () => {
  const line = { ...lines[0], doubts: ['something new'], addedLater: true }

  it('may know more than this app', () => {
    const read = readHelplines(
      JSON.stringify({ regions: [{ region: 'AR', emergency: ['911'], lines: [line] }] }),
    )
    expect(read.regions[0]?.lines[0]?.doubts).toEqual(['something new'])
  })

  it.each([
    ['a page of a captive portal', '<html>'],
    ['no regions', '{}'],
    ['a region without an emergency number', '{"regions":[{"region":"AR","emergency":[],"lines":[]}]}'],
    ['a number that is none', '{"regions":[{"region":"AR","emergency":["javascript:1"],"lines":[]}]}'],
    [
      'a date that is none',
      JSON.stringify({
        regions: [{ region: 'AR', emergency: ['911'], lines: [{ ...line, verified: 'lately' }] }],
      }),
    ],
  ])('is not shown when it is %s', (_, text) => {
    expect(() => readHelplines(text)).toThrow()
  })
})
