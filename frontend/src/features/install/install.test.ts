import { describe, expect, test } from 'vitest'

import { hintFor } from './install'

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 26_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1'
const IPHONE_CHROME = IPHONE.replace('Version/26.1', 'CriOS/156.0.0.0')
const MAC =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15'
const MAC_CHROME =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36'
const ANDROID_FIREFOX = 'Mozilla/5.0 (Android 16; Mobile; rv:153.0) Gecko/153.0 Firefox/153.0'
const ANDROID_CHROME =
  'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36'
const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0'

describe('the way onto the home screen', () => {
  test.each([
    ['Safari on an iPhone', IPHONE, 5, 'ios-share'],
    ['Chrome on an iPhone', IPHONE_CHROME, 5, 'ios-share'],
    ['Safari on an iPad, which says it is a Mac', MAC, 5, 'ios-share'],
    ['Safari on a Mac', MAC, 0, 'mac-dock'],
    ['an old Safari on a Mac', MAC.replace('Version/26.1', 'Version/16.6'), 0, 'none'],
    ['Chrome on a Mac, which offers by itself', MAC_CHROME, 0, 'none'],
    ['Chrome on Android, which offers by itself', ANDROID_CHROME, 5, 'none'],
    ['Firefox on Android', ANDROID_FIREFOX, 5, 'firefox-menu'],
    ['Firefox on a computer', FIREFOX, 0, 'none'],
  ])('%s', (_name, userAgent, maxTouchPoints, kind) => {
    expect(hintFor({ userAgent, maxTouchPoints, standalone: false }).kind).toBe(kind)
    expect(hintFor({ userAgent, maxTouchPoints, standalone: true }).kind).toBe('installed')
  })
})
