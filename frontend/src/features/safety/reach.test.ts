import { expect, it } from 'vitest'

import { isApple, smsLink, telLink } from './reach'

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1'
const IPAD =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.5 Safari/605.1.15'
const PIXEL = 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36'

it('dials a printed number', () => {
  expect(telLink('0800 111 0 111')).toBe('tel:08001110111')
  expect(telLink('+91 98204 66726')).toBe('tel:+919820466726')
})

it('fills in the word to text, as each phone reads it', () => {
  expect(smsLink('50808', 'HELLO', isApple(PIXEL))).toBe('sms:50808?body=HELLO')
  expect(smsLink('50808', 'HELLO', isApple(IPHONE))).toBe('sms:50808&body=HELLO')
  expect(smsLink('50808', 'HELLO', isApple(IPAD))).toBe('sms:50808&body=HELLO')
})

it('leaves the text empty where no word is known', () => {
  expect(smsLink('0477 13 11 14', null, false)).toBe('sms:0477131114')
  expect(smsLink('0477 13 11 14', null, true)).toBe('sms:0477131114')
})
