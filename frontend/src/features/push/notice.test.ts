import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { notificationWords } from '../../words/notifications'
import { isFromWorker } from './messages'
import { noticeFor, noticeOfAnswer, type Knowledge } from './notice'
import { proposedPush, readPush } from './payload'

const ORIGIN = 'https://leeward.example'
const KEY = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
const speech = notificationWords('en')
const nothing: Knowledge = { nobody: false, done: false, off: false, moved: false }

const leeward = {
  kind: 'reminder',
  key: KEY,
  reminder: '0198a000-0000-7000-8000-000000000001',
  date: '2026-11-22',
  slot: '20:00',
  dueAt: '2026-11-22T20:00:00Z',
  skipHours: 3,
  zone: 'Europe/Dublin',
  follows: true,
}
const notification = {
  title: 'Leeward',
  body: 'A moment for you?',
  navigate: `${ORIGIN}/?reminder=${KEY}&date=2026-11-22`,
  tag: KEY,
  lang: 'en',
  silent: false,
}
const text = JSON.stringify({ web_push: 8030, notification, mutable: true, leeward })

function read(content: string = text) {
  const push = readPush(content, ORIGIN)
  if (push === null) throw new Error('Not read.')
  return push
}

describe('reading', () => {
  test('a reminder, with its time for where the tap leads', () => {
    expect(read()).toEqual({
      title: 'Leeward',
      body: 'A moment for you?',
      path: `/?reminder=${KEY}&date=2026-11-22&time=20%3A00`,
      tag: KEY,
      lang: 'en',
      silent: false,
      told: { ...leeward, pair: null, ask: null },
    })
  })

  test.each([null, '', '{', 'null', '[]', '{"notification":3}', '{"notification":{}}', '{"web_push":8030}'])(
    'what is none of ours: %s',
    (content) => {
      expect(readPush(content, ORIGIN)).toBeNull()
    },
  )

  test('an unknown kind is shown as it says', () => {
    expect(
      read(JSON.stringify({ notification, leeward: { kind: 'comet', key: 'x', tail: 2 } })).told,
    ).toMatchObject({
      kind: 'comet',
    })
    expect(read(JSON.stringify({ notification, leeward: 'what?' })).told).toBeNull()
  })

  test.each([
    'https://elsewhere.example/',
    'javascript:alert(1)',
    '//elsewhere.example',
    'http://leeward.example/',
  ])('no tap leads out of the app: %s', (navigate) => {
    expect(read(JSON.stringify({ notification: { ...notification, navigate } })).path).toBe('/')
  })

  test('a browser that proposes a notification instead of the text', () => {
    const proposed = Object.create({ ...notification, data: leeward }) as unknown
    expect(proposedPush(proposed, ORIGIN)).toEqual(read())
    expect(proposedPush(undefined, ORIGIN)).toBeNull()
  })

  test('whatever comes, something is shown, and it has a title', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (content) => {
        const { title, options } = noticeFor(readPush(content, ORIGIN), nothing, speech, 2)
        expect(title).not.toBe('')
        expect(options.data.path).toMatch(/^\/(?!\/)/)
      }),
    )
  })
})

describe('showing', () => {
  test('a reminder asks, with two answers where there is room for them', () => {
    const { title, options } = noticeFor(read(), nothing, speech, 2)
    expect(title).toBe('Leeward')
    expect(options).toMatchObject({ body: 'A moment for you?', tag: KEY, silent: false, lang: 'en' })
    expect(options.actions?.map(({ action }) => action)).toEqual(['better', 'not-so-good'])
    expect(options.timestamp).toBe(Date.parse(leeward.dueAt))
    expect(noticeFor(read(), nothing, speech, 0).options.actions).toBeUndefined()
  })

  test('a buddy who asks can be answered, and one who needs it no longer cannot', () => {
    const told = { kind: 'ask', key: KEY, pair: 'pair', ask: 'ask' }
    const shown = (silent: boolean, most: number) => {
      const content = JSON.stringify({ notification: { ...notification, silent }, leeward: told })
      const { actions, data } = noticeFor(readPush(content, ORIGIN), nothing, speech, most).options
      expect(data.told).toMatchObject({ pair: 'pair', ask: 'ask' })
      return actions?.map(({ action }) => action)
    }
    expect(shown(false, 2)).toEqual(['can', 'cant'])
    expect(shown(false, 3)).toEqual(['can', 'cant', 'later'])
    expect(shown(false, 0)).toBeUndefined()
    expect(shown(true, 3)).toBeUndefined()
  })

  test('a store that does not answer keeps nothing back', () => {
    expect(noticeFor(read(), 'nothing', speech, 2)).toEqual(noticeFor(read(), nothing, speech, 2))
  })

  test.each([
    ['done', 'Already checked in.'],
    ['off', 'This reminder is off.'],
    ['moved', 'Your clock has changed. Your reminders follow it from now on.'],
    ['nobody', 'There may be something new for you.'],
  ] as const)('%s: without a sound, without a question', (what, body) => {
    const { options } = noticeFor(read(), { ...nothing, [what]: true }, speech, 2)
    expect(options).toMatchObject({ body, silent: true, data: { path: '/', told: null } })
    expect(options.actions).toBeUndefined()
  })

  test('what replaces a reminder has its tag; a stranger’s push has not', () => {
    expect(noticeFor(read(), { ...nothing, done: true }, speech, 2).options.tag).toBe(KEY)
    expect(noticeFor(read(), { ...nothing, nobody: true }, speech, 2).options.tag).toBe('leeward')
  })

  test('after an answer the lock screen tells nothing of it', () => {
    const { told } = read()
    if (told === null) throw new Error('Not told.')
    const { options } = noticeOfAnswer(true, '/check-ins/one', told, speech)
    expect(options.body).toBe('Saved on this phone. Tap to add more.')
    expect(options.data.path).toBe('/check-ins/one')
    expect(JSON.stringify(options)).not.toMatch(/better|fair|good/i)
  })
})

test('the worker speaks the first language it knows', () => {
  expect(notificationWords(undefined, 'fr-FR', 'de-AT').language).toBe('de')
  expect(notificationWords('constructor', 'fr').language).toBe('en')
})

test('only a path within the app is gone to', () => {
  expect(isFromWorker({ type: 'open', path: '/?reminder=x' })).toBe(true)
  expect(isFromWorker({ type: 'open', path: '//elsewhere.example' })).toBe(false)
  expect(isFromWorker({ type: 'open', path: 'https://elsewhere.example' })).toBe(false)
  expect(isFromWorker({ type: 'skip-waiting' })).toBe(false)
  expect(isFromWorker(null)).toBe(false)
})
