/** Who is signed in on this phone, from its own store. */

import { database, recall } from '../../store/database'
import { live, type Live } from '../../store/live'
import type { Meta, Owner } from '../../store/lines'

export interface AccountHere {
  /** Null: nobody yet. */
  owner: Owner | null
  /** What the last contact said; `signed-out` keeps everything and asks to sign in again. */
  session: Meta['session']
  /** "Add the 12 check-ins on this phone?": open until `adopt`, `startFresh` or `stayWithoutAccount`. */
  question: { name: string; count: number } | null
  /** Recovery codes were shown here, and nobody has said that they are kept. */
  codesShown: boolean
  /** To be said once, then `dismissNotice`. */
  notice: Meta['notice'] | null
}

export function accountHere(): Live<AccountHere> {
  return live(async () => {
    const question = await recall(database, 'question')
    return {
      owner: (await recall(database, 'owner')) ?? null,
      session: (await recall(database, 'session')) ?? 'signed-in',
      question:
        question === undefined
          ? null
          : { name: question.account.name, count: await database.table('check_ins').count() },
      codesShown: (await recall(database, 'codesShown')) ?? false,
      notice: (await recall(database, 'notice')) ?? null,
    }
  })
}
