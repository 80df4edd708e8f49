/// <reference lib="webworker" />
import { oneAtATime } from '../frontend/src/features/push/lock_screen'
import type { Shown } from '../frontend/src/features/push/notice'
// In the worker itself: Chromium holds a notification back until its icon is there, on a bad network for a minute.
import icon from './icon.png?inline'

export async function show(
  { registration }: ServiceWorkerGlobalScope,
  { title, options }: Shown,
): Promise<void> {
  await oneAtATime(() => registration.showNotification(title, { ...options, icon }))
}
