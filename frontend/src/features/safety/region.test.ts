import { describe, expect, it } from 'vitest'

import { likelyRegions } from './region'

const phone = { chosen: null, languages: ['en-US'], timeZone: null }

describe('the countries a phone may be in', () => {
  it('begins with the one that was chosen', () => {
    expect(likelyRegions({ chosen: 'NZ', languages: ['de-AT', 'de'], timeZone: 'Europe/Dublin' })).toEqual([
      'NZ',
      'IE',
      'AT',
    ])
  })

  it('trusts the clock more than the language, and keeps both', () => {
    expect(likelyRegions({ ...phone, timeZone: 'Europe/Dublin' })).toEqual(['IE', 'US'])
  })

  it('takes the language where the clock says nothing', () => {
    expect(likelyRegions({ ...phone, languages: ['de', 'en-GB'], timeZone: 'UTC' })).toEqual(['GB'])
    expect(likelyRegions({ ...phone, languages: ['sk-SK'], timeZone: 'Europe/Bratislava' })).toEqual(['SK'])
  })

  it('does not send everybody who hides the time zone to Iceland', () => {
    expect(likelyRegions({ ...phone, timeZone: 'Atlantic/Reykjavik' })).toEqual(['US', 'IS'])
    expect(likelyRegions({ ...phone, languages: ['is-IS'], timeZone: 'Atlantic/Reykjavik' })).toEqual(['IS'])
  })

  it('knows the old names of zones', () => {
    expect(likelyRegions({ ...phone, languages: [], timeZone: 'Asia/Calcutta' })).toEqual(['IN'])
    expect(likelyRegions({ ...phone, languages: [], timeZone: 'Europe/Kiev' })).toEqual(['UA'])
    expect(likelyRegions({ ...phone, languages: [], timeZone: 'America/Buenos_Aires' })).toEqual(['AR'])
  })

  it('says nothing rather than something wrong', () => {
    expect(likelyRegions({ chosen: null, languages: ['de', 'not a tag', 'es-419'], timeZone: null })).toEqual(
      [],
    )
  })
})
