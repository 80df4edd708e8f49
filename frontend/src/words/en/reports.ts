import { plurals } from '../grammar'

const count = plurals('en')

export const reports = {
  pageTitle: 'Report',
  title: (name: string) => `Report ${name}`,
  lead: (name: string) => `This is between you and whoever runs this server. ${name} is not told.`,
  danger: 'Is somebody in danger right now? A report is too slow for that.',
  help: 'Helplines',
  about: 'What is it?',
  worried: (name: string) => `I am worried about ${name}`,
  rules: 'Something that is not all right',
  chooseAbout: 'Choose one of the two.',
  worriedMeans: (name: string) =>
    `It says nothing against ${name}. Whoever reads it may know what else can be done.`,
  which: 'What is not all right?',
  chooseWhich: 'Choose what fits best.',
  categories: {
    worried: 'Worried about somebody',
    harassing: 'They do not leave me alone, or put me down',
    threat: 'They threaten me or somebody else',
    sexual: 'Something sexual that I did not want',
    hateful: 'Hate against people for who they are',
    scam: 'They want money, or are not who they say',
    minor: 'They may be under 18',
    other: 'Something else',
  },
  rows: {
    title: (name: string) => `What ${name} wrote`,
    hint: 'Choose what may be read. The server copies just that, even if it is deleted afterwards.',
    more: (n: number) => `Show ${n} more`,
    none: (name: string) => `There is nothing from ${name} on this phone.`,
    deleted: (name: string) => `Also what ${name} wrote here and deleted`,
    gone: (name: string) => `What ${name} wrote to me`,
    deletedHint: 'The server keeps such messages for 14 days, only so that they can be reported.',
  },
  row: {
    kinds: {
      message: 'Message',
      signal: 'Sign',
      shared_check_in: 'Shared check-in',
      hello: 'Words for a missed check-in',
    },
    checkedIn: 'Checked in',
    signal: 'A sign',
  },
  text: 'In your words',
  textHint: 'If you like. What happened, and what would help you?',
  textTooLong: (most: number) => `That is longer than fits (${most} characters).`,
  tooManyRows: (most: number) => `Choose at most ${most} of them.`,
  then: {
    label: (name: string) => `And you and ${name}?`,
    no: { buddy: 'It stays as it is', former: 'It stays ended' },
    end: (name: string) => `End it with ${name}`,
    block: (name: string) => `Block ${name}: no invitation works between you any more`,
  },
  what: {
    title: 'What happens then',
    asking: 'Asking the server who reads reports…',
    unknown:
      'The server cannot be reached just now, so it cannot say who reads reports. You can send all the same: it goes when you are online, and then you see it.',
    readBy: (who: string) => `It is read by ${who}.`,
    nobody: 'Nobody has been named who reads reports on this server. It may stay unread.',
    instead:
      'So do not wait for it: end it or block, tell somebody you trust, and keep what you need. The police take threats seriously.',
    secret: (name: string) =>
      `${name} does not hear of it from Leeward, and you are not named. From what is done about it ${name} may guess.`,
    copied: 'What you chose is copied as it is on the server now, with your words.',
    answered: 'In Me, under Your reports, you see that it has arrived and what came of it.',
    notHelp: 'It is no way to get help quickly, and nobody may be there at night.',
  },
  send: 'Send this report',
  discard: 'Discard it',
  sent: {
    waits: 'Your report is safe on this phone, and goes to the server as soon as you are online.',
    there: 'Your report has arrived.',
    refused: 'The server did not take your report. It is kept on this phone; see why.',
    end: (name: string) => `It ends with ${name} in the same moment.`,
    block: (name: string) => `${name} is blocked in the same moment.`,
    worried: {
      title: (name: string) => `For ${name}, besides`,
      text: (name: string) =>
        `You can ask ${name} how they are, and whether they think of ending their life: asking does not make it worse. You can ring a helpline yourself and ask what to do. You need not carry it alone.`,
    },
  },
  list: {
    title: 'Your reports',
    about: 'What became of them',
    lead: 'Only you see this.',
    none: 'You have reported nobody.',
    waits: 'Waits to be sent',
    sentAt: (when: string) => `Sent ${when}`,
    received: 'It has arrived.',
    readBy: (who: string) => `It is read by ${who}.`,
    nobody: 'Nobody has been named who reads reports on this server. It may stay unread: do not wait for it.',
    answer: 'They write',
    kept: (n: number) => `${count(n, 'thing', 'things')} copied with it`,
  },
  outcomes: {
    'no-rule-broken': 'It was read. Nothing was found that is against the rules.',
    'spoken-with': 'It was read, and somebody spoke with the person.',
    acted: 'It was read, and something was done about it.',
    'passed-on': 'It was read, and passed on to somebody who can help.',
    'cannot-help': 'It was read. Nothing can be done about it from here; Help now has others who may.',
    other: 'It was read and closed.',
  },
  part: {
    title: 'Something is not right?',
    text: (name: string) =>
      `You can report it if something is not all right, or if you are worried about ${name}. ${name} is not told.`,
    button: 'Report',
  },
  former: {
    row: 'Report a buddy from before',
    title: 'No longer a buddy',
    lead: 'For 14 days after it ended you can still report somebody.',
    list: 'Who was a buddy until lately',
    until: (when: string) => `ended ${when}`,
    asking: 'Asking the server…',
    needsNetwork: 'This asks the server, and it did not answer. Try again when you are online.',
    none: 'There is nobody: nothing has ended in the last 14 days.',
  },
  gone: {
    title: 'There is nobody to report here',
    asking: 'No longer a buddy',
    text: 'It ended more than 14 days ago, or it was never yours. If somebody scares you, Help now and the police are there.',
  },
}
