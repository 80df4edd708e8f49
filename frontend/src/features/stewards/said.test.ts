import { describe, expect, it } from 'vitest'

import { stewards as german } from '../../words/de/stewards'
import { stewards as english } from '../../words/en/stewards'
import type { PushesTo, ServerNow } from './requests'
import { aboutPushes, aboutWorker, figuresOf } from './said'

const MOZILLA: PushesTo = {
  host: '*.push.services.mozilla.com',
  accepted: 1,
  acceptedAt: '2026-11-22T08:00:00Z',
  refused: 0,
  refusedAt: null,
  refusingSince: null,
}
const REFUSING: PushesTo = {
  host: 'fcm.googleapis.com',
  accepted: 0,
  acceptedAt: null,
  refused: 2,
  refusedAt: '2026-11-22T09:00:00Z',
  refusingSince: '2026-11-21T09:00:00Z',
}

const server = (...pushes: PushesTo[]): ServerNow => ({ pushes, worker: { wakes: true, delivers: true } })
const when = (moment: string): string => moment.slice(0, 10)

describe('whether pushes go out', () => {
  it('says so when every push service accepts them, also one that once refused', () => {
    const mended = { ...MOZILLA, refused: 3, refusedAt: '2026-11-20T08:00:00Z' }
    expect(aboutPushes(server(mended), english.pushes, when)).toEqual([
      { wrong: false, title: 'Pushes go out', text: english.pushes.goOutMeans, command: null },
    ])
  })

  it('does not say so before anything was answered', () => {
    const [said] = aboutPushes(server(), english.pushes, when)
    expect(said).toMatchObject({ wrong: false, title: 'No push has been answered yet' })
  })

  it('names each that refuses, the one that has for longest first, and what to type', () => {
    const later = { ...REFUSING, host: '*.push.apple.com', refusingSince: '2026-11-22T09:00:00Z' }
    expect(aboutPushes(server(later, MOZILLA, REFUSING), english.pushes, when)).toMatchObject([
      {
        wrong: true,
        title: 'The push service fcm.googleapis.com has refused this server’s pushes since 2026-11-21',
        command: 'leeward push status',
      },
      {
        wrong: true,
        title: 'The push service *.push.apple.com has refused this server’s pushes since 2026-11-22',
      },
    ])
    expect(aboutPushes(server(REFUSING), german.pushes, when)).toMatchObject([
      {
        title: 'Der Push-Dienst fcm.googleapis.com lehnt die Pushes dieses Servers ab: seit 2026-11-21',
      },
    ])
  })
})

it.each([
  [true, true, english.worker.title, false],
  [false, true, 'Nobody wakes reminders', true],
  [true, false, 'Nobody delivers pushes', true],
  [false, false, 'Nobody wakes reminders or delivers pushes', true],
])('whether somebody works: wakes %s, delivers %s', (wakes, delivers, title, wrong) => {
  expect(aboutWorker({ pushes: [], worker: { wakes, delivers } }, english.worker)).toMatchObject({
    title,
    wrong,
  })
})

it('counts what each push service answered', () => {
  expect(figuresOf(MOZILLA, english.pushes, when)).toEqual(['1 accepted, the last on 2026-11-22'])
  expect(figuresOf(REFUSING, english.pushes, when)).toEqual([
    'None accepted',
    '2 refused, the last on 2026-11-22',
  ])
})
