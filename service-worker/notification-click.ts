/// <reference lib="webworker" />
import { zoneHere } from '../frontend/src/features/check_ins/local_time'
import { recordAskAnswer } from '../frontend/src/features/buddies/ask_answer'
import { recordAnswer } from '../frontend/src/features/push/answer'
import { chosenLanguage } from '../frontend/src/features/push/arrived'
import type { FromWorker } from '../frontend/src/features/push/messages'
import {
  attachedTo,
  isAnswer,
  isAskAnswer,
  noticeOfAnswer,
  noticeOfAskAnswer,
  type AnswerName,
  type AskAnswerName,
} from '../frontend/src/features/push/notice'
import type { Told } from '../frontend/src/features/push/payload'
import { bringUpToDate } from '../frontend/src/features/push/standing'
import { database } from '../frontend/src/store/database'
import { OUTBOX_TAG } from '../frontend/src/sync/background'
import { runOutbox } from '../frontend/src/sync/run'
import { notificationWords } from '../frontend/src/words/notifications'
import { show } from './show'

/** Not in TypeScript's library: https://wicg.github.io/background-sync/spec/ (Chromium only). */
interface SyncingRegistration {
  sync?: { register(tag: string): Promise<void> }
}

/** A page that has not said within this time that it goes there is taken there. Milliseconds. */
const PATIENCE = 500

/** A tap opens the app where the notification leads; an answer is saved without opening anything. */
export function answerTaps(worker: ServiceWorkerGlobalScope): void {
  worker.addEventListener('notificationclick', (event) => {
    const { notification, action } = event
    const { path, told } = attachedTo(notification)
    notification.close()
    event.waitUntil(work())

    function work(): Promise<void> {
      if (told !== null && isAnswer(action)) return answered(worker, told, action)
      if (told?.kind === 'ask' && isAskAnswer(action)) return askAnswered(worker, told, action, path)
      return open(worker, path)
    }
  })
}

/** What a buddy is told goes out like every other change: now, or when there is a network. */
async function askAnswered(
  worker: ServiceWorkerGlobalScope,
  told: Told,
  action: AskAnswerName,
  path: string,
): Promise<void> {
  let saved = false
  try {
    saved = await recordAskAnswer(database, told, action)
  } catch {
    // No room, or no storage: said in words, and opening the app says more.
  }
  const chosen = await chosenLanguage(database).catch(() => undefined)
  const speech = notificationWords(chosen, ...navigator.languages)
  await show(worker, noticeOfAskAnswer(saved, path, told, speech))
  if (saved) await send(worker)
}

async function answered(worker: ServiceWorkerGlobalScope, told: Told, action: AnswerName): Promise<void> {
  let saved: string | null = null
  try {
    saved = await recordAnswer(database, { key: told.key, action }, Date.now(), zoneHere())
  } catch {
    // No room, or no storage: said in words, and opening the app says more.
  }
  const chosen = await chosenLanguage(database).catch(() => undefined)
  const path = saved === null ? '/' : `/check-ins/${saved}`
  const speech = notificationWords(chosen, ...navigator.languages)
  await show(worker, noticeOfAnswer(saved !== null, path, told, speech))
  if (saved === null) return
  await bringUpToDate(worker.registration, worker.navigator, database).catch(() => undefined)
  await send(worker)
}

/** Now, or as soon as there is a network; an open page sends it as well. */
async function send(worker: ServiceWorkerGlobalScope): Promise<void> {
  try {
    await runOutbox()
  } catch {
    const { sync } = worker.registration as SyncingRegistration
    await sync?.register(OUTBOX_TAG).catch(() => undefined)
  }
}

/** Into a tab that is there already, whatever it shows: nothing that is being written in it gets lost. */
async function open({ clients }: ServiceWorkerGlobalScope, path: string): Promise<void> {
  const tabs = await clients.matchAll({ type: 'window', includeUncontrolled: true })
  const tab = tabs.find(({ visibilityState }) => visibilityState === 'visible') ?? tabs[0]
  try {
    if (tab !== undefined) {
      const focused = await tab.focus()
      if (!(await tell(focused, path))) await focused.navigate(path)
      return
    }
  } catch {
    // It was closed just now, or belongs to no worker yet.
  }
  await clients.openWindow(path)
}

function tell(tab: WindowClient, path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    const timer = setTimeout(() => resolve(false), PATIENCE)
    port1.onmessage = () => {
      clearTimeout(timer)
      resolve(true)
    }
    const message: FromWorker = { type: 'open', path }
    tab.postMessage(message, [port2])
  })
}
