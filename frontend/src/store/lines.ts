/** What lies in the store's own tables. The features' views are typed by the features. */

import type { Wished, WishedLast } from '../features/buddies/reach_out_model'

/** A change as it was made: what the outbox sends. */
export interface Change {
  /** Unique for ever, whatever number it is sent under. */
  id: string
  /** As the server knows it: "check_ins.record". */
  name: string
  args: unknown
  /** When it was saved, milliseconds of this phone's clock. */
  savedAt: number
}

/** A change that waits to be sent, under its number on this device. */
export interface OutboxLine extends Change {
  /** 1, 2, 3 … without gaps, in the order of saving. */
  number: number
}

/** A change the server has acknowledged; kept 30 days, in case the server is restored from an older backup. */
export interface KeptLine extends OutboxLine {
  /** The device id it was sent under. */
  device: string
  /** The store's age then. */
  acknowledgedAt: number
}

/** A change the server refused: never thrown away by itself. */
export interface NeedsLook extends Change {
  /** Why, as a code the words know: "note-too-long". */
  reason: string
  refusedAt: number
  /** The server's build that refused it; another one may know better. */
  build: string
  /** The store's age at which it goes by itself; absent: never. */
  goesAt?: number
}

/** A row as the server last told it. */
export interface ServerRow {
  kind: string
  space: string
  id: string
  version: number
  data: unknown
  /** 1 where this app could not read it: a later one may, and until then it is kept. */
  unread?: 1
}

/** A page of a pull that is not complete yet. */
export interface StagedPage {
  page?: number
  /** Which pull it belongs to: pages of two pulls never mix. */
  pull: string
  /** When it came, milliseconds of this phone's clock. */
  at: number
  whole: string[]
  rows: (Omit<ServerRow, 'unread'> & { deleted: boolean })[]
}

/** What somebody has begun to write. */
export interface Draft {
  key: string
  value: unknown
  savedAt: number
}

/** This store's name towards the server, and the number its next change gets. */
export interface Device {
  id: string
  next: number
}

/** Whose store this is. */
export interface Owner {
  id: string
  name: string
}

/** A space this phone has rows of. */
export interface Space {
  id: string
  kind: string
  role: string
  /** The row in it that stands for this member, where there is one; absent until the next contact after an update. */
  me?: string | null
}

/** What opens an invitation: the secret of its link, or the short code. */
export type InvitationKey = { secret: string } | { code: string }

/** An invitation that was made on this phone: only here can its link be shown again. */
export interface MadeInvitation {
  id: string
  secret: string
  /** As the server knows them: what the buddy will call this member, and ISO times. */
  name: string
  createdAt: string
  expiresAt: string
  /** The last code; `until` in milliseconds of this phone's clock. */
  code?: { text: string; until: number }
}

/** Everything remembered under a key. Absent means the default said here. */
export interface Meta {
  device: Device
  /** Null: nobody has signed up or in yet. */
  owner: Owner | null
  /** What the server gave last, sent back as it is; absent: ask for everything. */
  cookie: Record<string, unknown>
  /** The server's database that `last` was counted in: another one means it was restored. */
  epoch: string
  spaces: Space[]
  /** Numbers of refusals that are safe in "needs a look", to be told to the server. */
  confirm: number[]
  /** The server's build at the last reply. */
  serverBuild: string
  lastSyncedAt: number
  /** Milliseconds, counted from contact to contact: no clock can make it jump. */
  age: number
  /** What the last contact said about the session. */
  session: 'signed-in' | 'signed-out' | 'another-account'
  /** The build of the app that made the views; absent: they have to be made. */
  viewsBuild: string
  /** A sign-up was sent and its answer has not come. */
  signingUp: { name: string; at: number }
  /** Signed in to an account that exists, and asked whether to add what is on this phone. */
  question: { account: Owner; at: number }
  /** Signed out here; the server has not been told yet. */
  signOutPending: boolean
  /** When the browser was last asked to keep the store for good. */
  askedToPersist: number
  /** Recovery codes were shown, and nobody has said that they are kept. */
  codesShown: boolean
  /** When this store was emptied for whoever comes next. Milliseconds of this phone's clock. */
  erasedAt: number
  /** Pushes were turned on here, and this phone keeps up its subscription. */
  pushOn: boolean
  /** The subscription as the server was last told it: nothing is told twice. */
  pushTold: string
  /** The last push that reached this phone. Milliseconds of its clock. */
  pushReached: { key: string; at: number }
  /** Cards of buddies that were put away on this phone: which one, by what it is about. */
  putAway: Record<string, string>
  /** The zone this phone was in when that was last told to the reminders. */
  zone: string
  /** The phone has come to another zone, and nobody has said yet what the reminders are to do. */
  travelled: { from: string; to: string }
  /** The invitation that brought somebody here, until they have answered it. */
  invited: InvitationKey
  /** Those made here that are open, as far as this phone knows. */
  invitations: MadeInvitation[]
  /** What the last buddy was told to call this member. */
  callMe: string
  /** What somebody reached out for: to be sent within ten minutes, or not without being asked for again. */
  wished: Wished
  /** What was chosen then: offered next time. */
  wishedLast: WishedLast
  /** Something that happened by itself and should be said once. */
  notice: 'device-ended'
}
