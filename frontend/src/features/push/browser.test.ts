import { describe, expect, test } from 'vitest'

import { abilityOf, isBrave, wayBack, type BrowserFacts } from './browser'
import { standingOf } from './status'

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.4 Mobile/15E148 Safari/604.1'
const MAC =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.4 Safari/605.1.15'
const ANDROID =
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36'
const SAMSUNG =
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36'
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
const FIREFOX_ANDROID = 'Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0'
const CHROME =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'

function browser(userAgent: string, more: Partial<BrowserFacts> = {}): BrowserFacts {
  return {
    userAgent,
    maxTouchPoints: 0,
    standalone: false,
    worker: true,
    pushes: true,
    notifications: true,
    ...more,
  }
}

const without = { pushes: false, notifications: false }

describe('what is possible', () => {
  test.each([
    ['a phone with everything', browser(ANDROID), 'possible'],
    ['an iPhone’s browser', browser(IPHONE, { ...without, maxTouchPoints: 5 }), 'install-first'],
    ['an iPad, which says it is a Mac', browser(MAC, { ...without, maxTouchPoints: 5 }), 'install-first'],
    ['an iPhone’s home screen', browser(IPHONE, { standalone: true, maxTouchPoints: 5 }), 'possible'],
    ['an old iPhone’s home screen', browser(IPHONE, { ...without, standalone: true }), 'not-here'],
    ['an old Mac', browser(MAC, without), 'not-here'],
    ['a private window', browser(FIREFOX, { worker: false }), 'no-worker'],
  ] as const)('%s', (_name, facts, ability) => {
    expect(abilityOf(facts)).toBe(ability)
  })
})

test.each([
  [browser(IPHONE, { standalone: true }), 'ios'],
  [browser(MAC, { maxTouchPoints: 5 }), 'ios'],
  [browser(MAC), 'safari'],
  [browser(ANDROID), 'chrome-android'],
  [browser(ANDROID, { standalone: true }), 'installed'],
  [browser(SAMSUNG), 'samsung'],
  [browser(FIREFOX), 'firefox'],
  [browser(FIREFOX_ANDROID), 'firefox-android'],
  [browser(CHROME), 'chromium'],
] as const)('the way back after a no: %o', (facts, way) => {
  expect(wayBack(facts)).toBe(way)
})

test('Brave has a switch of its own', () => {
  expect(isBrave([{ brand: 'Chromium' }, { brand: 'Brave' }])).toBe(true)
  expect(isBrave([{ brand: 'Chromium' }])).toBe(false)
  expect(isBrave()).toBe(false)
})

test('how it stands', () => {
  expect(standingOf('install-first', 'granted', true)).toBe('install-first')
  expect(standingOf('possible', 'denied', true)).toBe('denied')
  expect(standingOf('possible', 'default', true)).toBe('off')
  expect(standingOf('possible', 'granted', false)).toBe('off')
  expect(standingOf('possible', 'granted', true)).toBe('on')
})
