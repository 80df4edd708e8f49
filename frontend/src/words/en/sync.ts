import { plurals } from '../grammar'

const count = plurals('en')

export const sync = {
  title: 'On this phone',
  state: {
    'no-account': 'Everything is on this phone, and only here.',
    'no-accountMeans':
      'Without an account nothing is sent. Sign up to keep a copy on the server and use other devices.',
    'up-to-date': 'Up to date: the server has everything.',
    'all-but-these': 'The server has everything but what needs a look here.',
    waiting: (n: number) =>
      `${count(n, 'change waits', 'changes wait')} to be sent. They are safe on this phone.`,
    sending: (n: number) => `Sending ${count(n, 'change', 'changes')}…`,
    offline: 'You are offline. What you write is safe on this phone and is sent when you are online.',
    failed: 'That didn’t reach the server yet. It is safe on this phone and will be tried again by itself.',
    'signed-out':
      'You were signed out, on another device or because it was long ago. Everything is safe on this phone and waits for you to sign in.',
    'another-account':
      'Another account is signed in in this browser. What is here belongs to the first and is not sent for the other.',
  },
  last: (when: string) => `Last in touch with the server: ${when}.`,
  never: 'Not in touch with the server yet.',
  tryNow: 'Try now',
  signIn: 'Sign in',
  signUp: 'Sign up',
  waitingTitle: 'Waiting to be sent',
  changes: {
    'check_ins.record': (weather: string) => `Check-in: ${weather.toLowerCase()}`,
    'check_ins.edit': 'A check-in, changed',
    'check_ins.delete': 'A check-in, deleted',
    'preferences.set': 'A setting',
    'reminders.set': 'A reminder',
    'reminders.delete': 'A reminder, deleted',
    'reminding.set': 'A setting of your reminders',
    'asks.answer': 'Your answer to a buddy',
    'step_back.set': 'Stepping back',
    'step_back.end': 'Being there again',
    'pairs.rename': 'Your name for a buddy',
    'pairs.end': 'The end with a buddy',
    'pairs.block': 'A block',
    'agreements.propose': 'An agreement you propose',
    'agreements.narrow': 'Sharing less',
    'agreements.accept': 'Your yes to an agreement',
    'agreements.decline': 'A proposal, put off the table',
    'shared_check_ins.share': 'A check-in, shared',
    'shared_check_ins.take_back': 'A check-in, shared no more',
    other: 'A change',
  },
  savedAt: (when: string) => `saved ${when}`,
  andMore: (n: number) => `and ${n} more`,
  needsLook: {
    title: 'Needs a look',
    lead: 'The server did not take these. They are kept here until you decide.',
    note: 'Your words',
    change: 'Change and send again',
    again: 'Send again',
    copy: 'Copy the words',
    copied: 'Copied.',
    discard: 'Discard',
    whenHappened: 'When was it?',
    send: 'Send again',
    sent: 'It is saved and goes on its way again.',
    confirm: {
      title: 'Discard this?',
      text: 'It is erased from this phone for good. The server never had it.',
      discard: 'Discard',
      keep: 'Keep it',
    },
    discarded: 'Discarded.',
  },
  /** Why the server did not take it, by its code. */
  reasons: {
    'mood-out-of-range': 'The weather in it is none of the five.',
    'energy-out-of-range': 'The energy in it is none of the three steps.',
    'note-too-long': 'The note is longer than fits (4,000 characters).',
    'too-many-words': 'There are more words than fit (30 feelings, 30 things around it).',
    'word-too-long': 'One of your own words is longer than fits (64 characters).',
    'in-the-future': 'Its time is still to come, by the clock of this phone when it was sent.',
    'too-long-ago': 'Its time is before 1900.',
    'unknown-zone': 'The server does not know the time zone it was made in.',
    'label-too-long': 'Its label is longer than fits (60 characters).',
    'too-many-reminders': 'There are 50 reminders already. Delete one, then send this again.',
    'other-proposal':
      'Your buddy had proposed something a moment before. Look at your agreement: yours is kept there.',
    'proposal-gone': 'The proposal had been changed or taken back. Look at your agreement.',
    'own-proposal': 'It is your own proposal: the other says yes to it.',
    'text-too-long': 'A text in it is longer than fits.',
    gone: 'The check-in it belongs to is not on the server: it was deleted, or it needs a look itself.',
    invalid: 'The server could not read it.',
    'too-large': 'It is larger than the server takes.',
    'unknown-mutation':
      'The server is older than this app and does not know this yet. It is sent again by itself when the server is updated.',
    'server-fault': 'Something went wrong on the server, three times. Its operator can see it.',
    'not-yours':
      'It belongs to something that is not yours any more: you two have parted, for example. It goes from here after seven days.',
  } as Readonly<Record<string, string>>,
  reasonOther: (code: string) => `The server gave a reason this app does not know (${code}).`,
  storage: {
    blocked: {
      title: 'Another tab holds Leeward back',
      text: 'An older Leeward is open in another tab or window. Close it, and this one goes on.',
    },
    outdated: {
      title: 'Leeward was updated in another tab',
      text: 'This tab is the old one. Reload it: nothing you saved is lost.',
    },
    unavailable: {
      title: 'The browser keeps nothing here',
      text: 'Leave private mode, or allow this site to store data, then reload. Until then nothing can be saved. Help now works all the same.',
    },
    reload: 'Reload',
  },
  update: { ready: 'A new version is ready.', reload: 'Reload', later: 'Later' },
}
