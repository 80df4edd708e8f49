/// <reference lib="webworker" />
import { chosenLanguage, knowledgeOf, noteReached } from '../frontend/src/features/push/arrived'
import { noticeFor, type Knowledge } from '../frontend/src/features/push/notice'
import { proposedPush, readPush, type Push } from '../frontend/src/features/push/payload'
import { postReached } from '../frontend/src/features/push/requests'
import { bringUpToDate } from '../frontend/src/features/push/standing'
import { drop, keep } from '../frontend/src/features/push/subscription'
import { zoneHere } from '../frontend/src/features/check_ins/local_time'
import { database } from '../frontend/src/store/database'
import { runOutbox } from '../frontend/src/sync/run'
import { notificationWords } from '../frontend/src/words/notifications'
import { show } from './show'

/** Not in TypeScript's library: https://w3c.github.io/push-api/#the-pushevent-interface (WebKit). */
interface DeclarativePushEvent extends PushEvent {
  readonly notification?: unknown
}

/** Not in TypeScript's library either. */
interface SubscriptionChangeEvent extends ExtendableEvent {
  readonly newSubscription: PushSubscription | null
}

/** A store that does not answer (a page in another version holds it) must not keep a notification back. Milliseconds. */
const PATIENCE = 3_000

/** Every push is shown, whatever it brings; then the store and the server hear that it came. */
export function showPushes(worker: ServiceWorkerGlobalScope): void {
  worker.addEventListener('push', (event) => {
    const at = Date.now()
    event.waitUntil(received(worker, pushIn(event, worker.location.origin), at))
  })
  worker.addEventListener('pushsubscriptionchange', (event) => {
    const { pushManager } = worker.registration
    ;(event as SubscriptionChangeEvent).waitUntil(keep(pushManager, Notification.permission))
  })
}

function pushIn(event: DeclarativePushEvent, origin: string): Push | null {
  // Reading throws for bytes that are no text.
  let content: string | null = null
  try {
    content = event.data?.text() ?? null
  } catch {
    // Then it is none of ours.
  }
  return readPush(content, origin) ?? proposedPush(event.notification, origin)
}

async function received(worker: ServiceWorkerGlobalScope, push: Push | null, at: number): Promise<void> {
  const told = push?.told ?? null
  const known = await within<Knowledge>(knowledgeOf(database, told, zoneHere(), at), 'nothing')
  const chosen = await within(chosenLanguage(database), undefined)
  const speech = notificationWords(chosen, push?.lang, ...navigator.languages)
  await show(worker, noticeFor(push, known, speech, maxActions()))
  await afterwards(worker, told?.key ?? null, known, at)
}

/** What can fail without anybody missing it. */
async function afterwards(
  worker: ServiceWorkerGlobalScope,
  key: string | null,
  known: Knowledge,
  at: number,
): Promise<void> {
  if (known !== 'nothing' && known.nobody) {
    await drop(worker.registration.pushManager).catch(ignored)
    return
  }
  if (key === null) return
  await within(noteReached(database, key, at), undefined)
  await Promise.allSettled([runOutbox(), postReached(key, at)])
  await bringUpToDate(worker.registration, worker.navigator, database, key).catch(ignored)
}

/** What `work` answers, or `otherwise` where it fails or takes too long. */
async function within<T>(work: Promise<T>, otherwise: T): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const tooLong = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), PATIENCE)
  })
  try {
    return await Promise.race([work, tooLong])
  } catch {
    return otherwise
  } finally {
    clearTimeout(timer)
  }
}

/** How many buttons a notification may have here; some browsers do not say, and show none. */
function maxActions(): number {
  return 'maxActions' in Notification && typeof Notification.maxActions === 'number'
    ? Notification.maxActions
    : 0
}

const ignored = (): void => undefined
