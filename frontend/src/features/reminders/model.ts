/** A member's own schedule, and what holds for all of it. */

/** What is written down and synced. */
export interface ReminderData {
  /** May be "". */
  label: string
  /** "08:00" on the clock: 1–8, sorted, each once. */
  times: string[]
  /** 1 Monday … 7 Sunday: at least one, sorted, each once. */
  weekdays: number[]
  /** The IANA name of the zone it is pinned to; null: it follows the phone. */
  zone: string | null
  /** Not when there is a check-in of the last so many hours, 1–24; null: always. */
  skipHours: number | null
  on: boolean
}

export interface Reminder extends ReminderData {
  id: string
}

/** What holds for all reminders of a member. */
export interface RemindingData {
  /** Where the phone is that the reminders follow: "Europe/Dublin". */
  zone: string
  /** Quiet hours on the clock, "22:00" to "07:00"; both or neither. */
  quietFrom: string | null
  quietTo: string | null
  /** The first local date on which reminders come again; null: not paused. */
  pausedUntil: string | null
  /** Whether a lock screen may show a reminder's label. */
  showsLabel: boolean
}

export interface Reminding extends RemindingData {
  id: string
}
