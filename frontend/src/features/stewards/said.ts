/** What the figures of a server come to, in words. Pure. */

import type { Words } from '../../words'
import type { PushesTo, ServerNow } from './requests'

type Say = Words['stewards']
/** Writes a moment (ISO) as people read it. */
type When = (moment: string) => string

export interface Finding {
  /** Somebody has to do something about it. */
  wrong: boolean
  title: string
  text: string
  /** What whoever runs the server types to learn more. */
  command: string | null
}

/** Whether pushes go out: what is wrong with each push service, the longest first, or one sentence that all is well. */
export function aboutPushes({ pushes }: ServerNow, say: Say['pushes'], when: When): Finding[] {
  const refusing = pushes
    .flatMap(({ host, refusingSince: since }) => (since === null ? [] : [{ host, since }]))
    .sort((one, other) => Date.parse(one.since) - Date.parse(other.since))
  if (refusing.length > 0) {
    return refusing.map(({ host, since }) => ({
      wrong: true,
      title: say.refused(host, when(since)),
      text: say.tell,
      command: say.command,
    }))
  }
  const [title, text] = pushes.some(({ accepted }) => accepted > 0)
    ? [say.goOut, say.goOutMeans]
    : [say.nothingYet, say.nothingYetMeans]
  return [{ wrong: false, title, text, command: null }]
}

/** Whether somebody wakes reminders and delivers pushes. */
export function aboutWorker({ worker: { wakes, delivers } }: ServerNow, say: Say['worker']): Finding {
  if (wakes && delivers) return { wrong: false, title: say.title, text: say.text, command: null }
  const title = wakes ? say.nobodyDelivers : delivers ? say.nobodyWakes : say.neither
  return { wrong: true, title, text: say.nobodyMeans, command: say.command }
}

/** "12 accepted, the last on 22 Nov, 07:15", and the same of those refused, if any were. */
export function figuresOf(of: PushesTo, say: Say['pushes'], when: When): string[] {
  const { accepted, acceptedAt, refused, refusedAt } = of
  return [
    acceptedAt === null ? say.noneAccepted : say.accepted(accepted, when(acceptedAt)),
    ...(refusedAt === null ? [] : [say.refusals(refused, when(refusedAt))]),
  ]
}
