import { expect, it } from 'vitest'

import { de } from '../../words/de'
import { en } from '../../words/en'
import { noteIn, sayChange, sayReason } from './said'

it('names a change', () => {
  expect(sayChange('check_ins.record', { mood: 2 }, en)).toBe('Check-in: rainy')
  expect(sayChange('check_ins.record', { mood: 2 }, de)).toBe(`Check-in: ${de.checkIns.weather[2]}`)
  expect(sayChange('check_ins.edit', {}, en)).toBe('A check-in, changed')
  expect(sayChange('check_ins.delete', {}, de)).toBe('Ein Check-in, gelöscht')
  expect(sayChange('buddies.invite', {}, en)).toBe('A change')
  expect(sayChange('check_ins.record', null, en)).toBe('A change')
})

it('says why, also for a reason it does not know', () => {
  expect(sayReason('note-too-long', en.sync)).toBe(en.sync.reasons['note-too-long'])
  expect(sayReason('full-moon', en.sync)).toContain('full-moon')
})

it('finds the words in it', () => {
  expect(noteIn({ note: 'by the sea' })).toBe('by the sea')
  expect(noteIn({ note: null })).toBeNull()
  expect(noteIn(undefined)).toBeNull()
})

it('has the same reasons in both languages', () => {
  expect(Object.keys(de.sync.reasons)).toEqual(Object.keys(en.sync.reasons))
  expect(Object.keys(de.accounts.problems)).toEqual(Object.keys(en.accounts.problems))
})
