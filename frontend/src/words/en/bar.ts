import { plurals } from '../grammar'

const count = plurals('en')

export const bar = {
  navigation: 'Main',
  today: 'Today',
  history: 'History',
  buddies: 'Buddies',
  toolbox: 'Toolbox',
  me: 'Me',
  helpNow: 'Help now',
  /** The quiet line at the top left: where the member's own data is. */
  sync: {
    label: (line: string) => `${line}. See what waits to be sent`,
    onThisPhone: 'On this phone',
    nothingKept: 'Nothing is kept here',
    upToDate: 'Up to date',
    waiting: (n: number) => (n > 0 ? `On this phone · ${n} waiting` : 'On this phone'),
    sending: (n: number) => (n > 0 ? `Sending ${n}…` : 'Up to date'),
    offline: (n: number) => (n > 0 ? `Offline · ${n} waiting` : 'Offline'),
    failed: (n: number) => (n > 0 ? `Not sent yet · ${n} waiting` : 'Server out of reach'),
    signedOut: (n: number) => (n > 0 ? `Signed out · ${n} waiting` : 'Signed out'),
    anotherAccount: (n: number) => (n > 0 ? `Another account · ${n} waiting` : 'Another account'),
    needsLook: (n: number) => `${count(n, 'thing needs', 'things need')} a look`,
  },
}
