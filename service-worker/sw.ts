/// <reference lib="webworker" />
import type { PrecacheEntry } from 'workbox-precaching'

import { answerTaps } from './notification-click'
import { sendWhatWaits } from './outbox-sync'
import { serveTheApp } from './precache'
import { showPushes } from './push'

declare const self: ServiceWorkerGlobalScope & {
  /** Every file of the build, written in by it. */
  __WB_MANIFEST: (PrecacheEntry | string)[]
}

serveTheApp(self, self.__WB_MANIFEST)
sendWhatWaits(self)
showPushes(self)
answerTaps(self)
