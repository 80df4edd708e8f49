import { afterEach, expect, test, vi } from 'vitest'

const window = new EventTarget()
vi.stubGlobal('window', window)
afterEach(() => vi.unstubAllGlobals())

test('what is offered before the app is there is kept for it, and never shown by the browser itself', async () => {
  const { keepOffer, onOffer } = await import('./offer')
  keepOffer()
  const early = new Event('beforeinstallprompt', { cancelable: true })
  window.dispatchEvent(early)
  expect(early.defaultPrevented).toBe(true)

  const taken: Event[] = []
  onOffer((offer) => taken.push(offer))
  expect(taken).toEqual([early])

  const later = new Event('beforeinstallprompt', { cancelable: true })
  window.dispatchEvent(later)
  expect(taken).toEqual([early, later])
})
