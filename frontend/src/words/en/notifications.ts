/** What the worker says on the lock screen by itself: no mood, no words of the member's, no name. */
export const notifications = {
  name: 'Leeward',
  /** A push that says nothing this app can read. */
  something: 'There may be something new for you.',
  alreadyDone: 'Already checked in.',
  off: 'This reminder is off.',
  moved: 'Your clock has changed. Your reminders follow it from now on.',
  actions: { better: 'Better', 'not-so-good': 'Not so good' },
  saved: 'Saved on this phone. Tap to add more.',
  notSaved: 'That could not be saved. Tap to open Leeward.',
  /** Answers to a buddy who asks for company. */
  asked: { can: 'I can', cant: 'Can’t today', later: 'Later today' },
  answerSaved: 'Your answer is saved. It goes out as soon as this phone is online.',
}
