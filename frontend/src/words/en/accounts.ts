import { plurals } from '../grammar'

const count = plurals('en')
const changes = (n: number) => count(n, 'change', 'changes')
const checkIns = (n: number) => count(n, 'check-in', 'check-ins')

export const accounts = {
  name: {
    label: 'Name',
    choose: 'Name to sign in with',
    hint: 'Anything you like; it need not be your real name. No e‑mail. No other member ever sees it.',
  },
  password: {
    label: 'Password',
    current: 'Your password now',
    next: 'New password',
    hint: '8 characters or more. Three or four words of your own are good, and easy to keep in mind.',
    show: 'Show',
    showLabel: 'Show password',
    hide: 'Hide',
    hideLabel: 'Hide password',
  },
  empty: 'Please fill this in.',
  unreachable:
    'The server did not answer. This needs the network. Nothing you typed is lost: try again when you are online.',
  /** What the server refuses, by its code. */
  problems: {
    'name-invalid': 'A name has 2 to 40 characters that can be seen.',
    'name-taken': 'Somebody has this name already. Add something to it, or choose another.',
    'password-too-short': 'That is too short: 8 characters or more.',
    'password-too-long': 'That is too long: at most 256 characters.',
    'password-too-common':
      'Many people use this password, so it is guessed first. Three or four words of your own are better.',
    'wrong-name-or-password':
      'Name and password do not fit together. Capital letters in the password matter.',
    'password-wrong': 'That is not your password. Capital letters matter.',
    'code-wrong': 'Name and code do not fit together, or this code was used already.',
    'name-does-not-match': 'That is not the name of this account.',
    'adults-only': 'Leeward is for people of 18 and older.',
    'consent-outdated': 'The text above has changed. Reload Leeward and read it again.',
    'too-many-tries': 'That was tried many times. Wait a few minutes, then try again.',
    'signed-out': 'You are signed out. Sign in again, then come back to this.',
    'device-ended': 'This device was signed out from another one.',
    'no-such-device': 'That device is signed out already.',
    'try-again': 'That collided with something else. Nothing was changed; try again.',
    busy: 'Many people are signing in just now. Nothing was changed; try again in a minute.',
    'database-busy': 'The server is busy. Nothing was changed; try again in a minute.',
    'database-unavailable':
      'The server cannot be used just now. Nothing was changed; try again in a few minutes.',
  } as Readonly<Record<string, string>>,
  problem: (code: string) =>
    `The server did not take that (${code}). Nothing was changed. Try again a little later.`,
  wait: (minutes: number) => `Wait ${count(minutes, 'minute', 'minutes')}, then try again.`,

  signUp: {
    title: 'Sign up',
    lead: 'Keeps what you write safe if this phone is lost, and brings it to your other devices.',
    brings: (n: number) => `${checkIns(n)} on this phone will go into your account.`,
    adult: {
      label: 'I am 18 or older',
      why: 'People share hard things here and nobody trained looks on, so Leeward is for adults. Help now is for everybody.',
      needed:
        'Leeward is for people of 18 and older. If you are younger: Help now is for you too, and talking to somebody there is a good step.',
    },
    stores: {
      title: 'What the server stores',
      items: [
        'Your check-ins with your notes, and your settings, as you write them.',
        'Your name, and your password and recovery codes in a form that cannot be read back.',
        'Your devices: what they are called and when each was last here.',
      ],
      read: 'Whoever runs this server can read your check-ins, notes too. No other member can.',
      delete:
        'You can delete all of it at any time: Me, Account, Delete my account. It goes at once; copies in backups go when those are replaced.',
      yes: 'Yes, that is fine with me',
      needed: 'Nothing goes to the server without your yes. Leeward works without an account too.',
    },
    submit: 'Sign up',
    busy: 'Signing up…',
    have: 'I have an account already',
  },

  codes: {
    title: 'Your recovery codes',
    lead: 'If you ever forget your password, one of these lets you in again. There is no e‑mail, so nobody can send you another way in.',
    once: 'Each code works once. They are shown only now.',
    download: 'Download',
    print: 'Print',
    copy: 'Copy',
    copied: 'Copied.',
    notCopied: 'The browser did not let us copy. Download them, or write them down.',
    kept: 'I have kept them',
    number: (n: number) => `Code ${n}`,
    fileName: 'leeward-recovery-codes.txt',
    file: {
      title: 'Leeward: recovery codes',
      server: (origin: string) => `Server: ${origin}`,
      how: 'Each code works once: Sign in, Use a recovery code. Keep them where only you find them.',
    },
    fresh: {
      title: 'New recovery codes',
      lead: 'Makes ten new codes. The old ones stop working.',
      submit: 'Make new codes',
      left: (n: number) => `${count(n, 'code is', 'codes are')} left.`,
    },
    leave: 'Have you kept your codes? They are not shown again.',
    lost: 'The codes made last were never put away, and cannot be shown again. Make new ones and keep them.',
  },

  signIn: {
    title: 'Sign in',
    lead: 'Your check-ins come to this device.',
    again: (name: string) =>
      `You were signed out. What you wrote is safe on this phone; sign in as ${name} and it goes on.`,
    submit: 'Sign in',
    busy: 'Signing in…',
    forgot: 'Use a recovery code',
    fresh: 'Sign up',
  },

  recover: {
    title: 'Use a recovery code',
    lead: 'With one of your ten codes you choose a new password. Your other devices are signed out and keep what they have.',
    code: 'Recovery code',
    codeHint: 'Capitals and dashes do not matter.',
    submit: 'Set the password and sign in',
  },

  adopt: {
    title: (n: number) => `Add the ${n === 1 ? 'check-in' : checkIns(n)} on this phone?`,
    text: (name: string) => `Written here without an account. You are signing in as ${name}.`,
    add: (n: number): string => (n === 1 ? 'Add it' : 'Add them'),
    fresh: (n: number): string => (n === 1 ? 'Erase it here' : 'Erase them here'),
    freshMeans: 'What is erased is gone for good.',
    stay: 'Do not sign in',
  },

  otherOwner: {
    title: (name: string) => `This phone is in use by ${name}`,
    unsent: (n: number) =>
      `${changes(n)} of theirs never reached the server. Erasing loses ${n === 1 ? 'it' : 'them'} for good.`,
    safe: 'All of it is on the server; erasing it here loses nothing.',
    text: 'Nothing of theirs was sent for you, and nothing of yours is mixed with theirs.',
    erase: 'Erase what is here and sign in',
    keep: 'Leave it as it is',
  },

  signOut: {
    button: 'Sign out',
    title: 'Sign out on this phone?',
    text: 'What Leeward keeps on this phone is erased. It is on the server and comes back when you sign in.',
    unsent: (n: number) =>
      `${changes(n)} did not reach the server yet. Signing out now loses ${n === 1 ? 'it' : 'them'} for good.`,
    anyway: 'Sign out all the same',
    stay: 'Not now',
    done: 'You are signed out. This phone is empty.',
  },

  account: {
    title: 'Account',
    nameIs: 'You sign in as',
    nobodySees: 'No other member sees this name.',
    since: (date: string) => `Since ${date}`,
  },

  changePassword: {
    title: 'Change password',
    lead: 'Your other devices are signed out and keep what they have.',
    submit: 'Change password',
    done: 'Your password is changed.',
  },

  devices: {
    title: 'Devices',
    lead: 'Where you are signed in.',
    this: 'This device',
    unnamed: 'A device',
    lastHere: (when: string) => `Last here ${when}`,
    hereNow: 'Here now',
    today: (time: string) => `today, about ${time}`,
    yesterday: 'yesterday',
    onDate: (date: string) => `on ${date}`,
    end: 'Sign out',
    endLabel: (device: string) => `Sign out ${device}`,
    confirm: {
      title: (device: string) => `Sign out ${device}?`,
      text: 'It is signed out at once. What Leeward keeps there is erased when it is next online.',
      end: 'Sign it out',
      keep: 'Leave it signed in',
    },
    ended: (device: string) => `${device} is signed out.`,
    loading: 'Asking the server…',
    needsNetwork:
      'The list of your devices is on the server, and it did not answer. Try again when you are online.',
  },

  deletion: {
    title: 'Delete my account',
    lead: 'At once, and for good.',
    items: [
      'Your account, check-ins, notes and settings are deleted from the server.',
      'This phone is emptied now, your other devices when they are next online.',
      'It cannot be undone here. Copies in the backups of whoever runs this server go when those are replaced.',
    ],
    type: (name: string) => `Type your name (${name}) to go on`,
    submit: 'Delete my account',
    different: 'That is not the name of this account.',
    done: 'Your account is deleted, and this phone is empty.',
  },
}
