import { plurals } from '../grammar'

const count = plurals('en')

export const invitations = {
  title: 'Invite somebody you know',
  lead: 'Each invitation is for one person, works once and lasts seven days.',
  callMe: 'What they will call you',
  make: 'Make an invitation',
  making: 'One moment…',
  another: 'Invite another person',
  ready: 'The invitation is ready.',
  open: 'Open invitations',
  made: (when: string) => `Made ${when}`,
  works: (until: string) => `Works once, until ${until}.`,
  calls: (name: string) => `They will call you ${name}.`,
  share: 'Share the link',
  copy: 'Copy the link',
  copied: 'Copied. Send it to that one person, and to nobody else.',
  byHand: 'This browser does not let Leeward copy. Mark it and copy it yourself.',
  link: 'Link',
  qr: 'QR code',
  qrLabel: 'QR code of the link, for the other phone’s camera',
  shareText: (until: string) =>
    `Would you be my buddy on Leeward? This link is for you alone. It works once, until ${until}.`,
  elsewhere:
    'It was made on another device, and only there can its link be shown. Here you can make a code to say aloud, or withdraw it.',
  code: {
    make: 'Say a code instead',
    again: 'Make a new code',
    made: (code: string) => `The code is ${code}.`,
    left: (minutes: number) => `It works once, for ${count(minutes, 'more minute', 'more minutes')}.`,
    where: 'The other types it in Leeward, under Buddies.',
    over: 'The code has run out. The link still works.',
    tooMany: (minutes: number) =>
      `That was tried many times in a row. Wait ${count(minutes, 'minute', 'minutes')}, then try again. A link works meanwhile.`,
  },
  withdraw: {
    button: 'Withdraw',
    title: 'Withdraw this invitation?',
    text: 'Its link and its code open nothing any more. Nobody is told.',
    keep: 'Keep it',
    done: 'The invitation is withdrawn.',
  },
  saidYes: (name: string) => `${name} said yes`,
  look: (name: string) => `Go to ${name}`,
  offline:
    'Inviting needs the network, and the server cannot be reached just now. What was made on this phone is shown here and still works.',
  refused: 'The server did not say which invitations are open. Try again a little later.',
  unreachable: 'The server did not answer. This needs the network: try again when you are online.',

  full: 'You have eight buddies. More would be too many to be there for, so nobody else can say yes just now.',

  anInvitation: 'An invitation',
  from: (name: string) => `${name} invites you`,
  invitedTo: 'You two would be buddies on Leeward. Take your time; this is what it means.',
  looking: 'One moment…',
  needsNetwork:
    'To see who invites you, Leeward needs the network, and the server cannot be reached just now.',
  kept: 'The invitation is kept on this phone. You find it again under Buddies.',
  toBuddies: 'To your buddies',
  otherCode: 'I have another code or link',
  accept: 'Yes, be buddies',
  accepting: 'One moment…',
  notNow: 'Not now',
  notNowMeans: 'It stays under Buddies on this phone until you answer. Nobody is told.',
  putAway: 'Forget this invitation',
  putAwayMeans: 'To open it again you need the link or a code.',
  wayIn: {
    title: 'You are new here',
    text: 'Leeward is a small app for looking after yourself with a peer’s help. Have a look at what it is; the invitation waits for you.',
    go: 'Go on',
    ios: 'If you install it first: the home screen does not know of this invitation. Copy the link from your messages and put it in there, under Buddies. Or sign up here, say yes, and sign in there: your buddy comes along.',
  },
  type: {
    title: 'Open an invitation',
    lead: 'Somebody you know has one for you.',
    label: 'Code or link',
    hint: 'Nine digits that they say to you, or the link that they sent.',
    needed: 'A code has nine digits. A link has a # in it, and a long word behind that.',
    open: 'Open',
  },

  /** Nobody can use it (any more). Blocked looks exactly like withdrawn. */
  over: {
    'invitation-used': {
      title: 'This invitation was used',
      text: 'Each works once. If it was you, you find each other under Buddies. Otherwise ask for a new one.',
    },
    'invitation-expired': {
      title: 'This invitation has run out',
      text: 'Each lasts seven days. Ask for a new one.',
    },
    'invitation-withdrawn': {
      title: 'This invitation is not open',
      text: 'It was taken back, or the link is not whole. Look at the link once more, or ask for a new one.',
    },
    'invitation-own': {
      title: 'This is your own invitation',
      text: 'It is for the person you want as a buddy. Send it to them, and let them open it.',
    },
    'code-opens-nothing': {
      title: 'This code opens nothing',
      text: 'It works once and for a quarter of an hour: look at the digits, or ask for a new one.',
    },
    'already-buddies': {
      title: 'You two are buddies already',
      text: 'You find each other under Buddies.',
    },
  } as Readonly<Record<string, { title: string; text: string }>>,
  /** What else the server says no to, by its code. */
  problems: {
    'name-invalid': 'A name has 1 to 40 characters. Some emoji, like 🏳️‍🌈, do not work here.',
    'too-many-buddies':
      'One of you has eight buddies already, and more would be too many. The invitation stays open until it runs out, in case that changes.',
    'too-many-invitations': 'Ten invitations are open already. Withdraw one of them first.',
    'no-such-invitation': 'This invitation is not open any more.',
  } as Readonly<Record<string, string>>,
}
