import type { Level } from '../../features/buddies/levels'

const levels: Record<Level, string> = {
  nothing: 'nothing',
  'checked-in': 'that you checked in',
  weather: 'the weather',
  feelings: 'the weather and your feelings',
  note: 'the weather, your feelings and your note',
}

const theirs: Record<Level, string> = {
  nothing: 'nothing',
  'checked-in': 'that there was a check-in',
  weather: 'the weather',
  feelings: 'the weather and the feelings',
  note: 'the weather, the feelings and the note',
}

export const sharing = {
  youShare: (level: Level) => `You share ${levels[level]}.`,
  otherShares: (name: string, level: Level) => `${name} shares ${theirs[level]}.`,
  /** As something to choose. */
  choose: {
    nothing: 'Nothing',
    'checked-in': 'Just that I checked in',
    weather: 'The weather',
    feelings: 'The weather and my feelings',
    note: 'The weather, my feelings and my note',
  } satisfies Record<Level, string>,
  readStaysRead: (name: string) => `What ${name} has read stays read.`,

  agreement: {
    title: (name: string) => `Your agreement with ${name}`,
    part: 'Your agreement',
    open: 'Open the agreement',
    write: 'Write an agreement',
    none: 'You two have not agreed on anything yet.',
    noneMeans: 'Until you both say yes, nothing is shared. It takes five short questions.',
    holds: 'What holds now',
    until: 'Until then this holds',
    change: 'Change it',
    lessAtOnce: 'Sharing less counts at once. Everything else counts when you both have said yes.',

    youAround: (when: string) => `You are around ${when}.`,
    otherAround: (name: string, when: string) => `${name} is around ${when}, on ${name}’s clock.`,
    youAroundUnsaid: 'You have not said when you are around.',
    otherAroundUnsaid: (name: string) => `${name} has not said when to be around.`,
    /** After "is around". */
    everyDay: 'every day',
    between: (from: string, to: string) => `from ${from} to ${to}`,
    youNotOnCall: 'You are not on call: you answer when you can.',
    otherNotOnCall: (name: string) => `${name} is not on call and answers when that works.`,
    worried: (text: string) => `If one of us is worried: “${text}”`,
    worriedUnsaid: 'Nothing is said about what to do if one of you is worried.',
    review: (day: string) => `You both look at it again on ${day}.`,
    reviewUnsaid: 'No day is set to look at it again.',
    before: (text: string) => `Now: ${text}`,

    proposedByYou: 'You have proposed this',
    waitsForYes: (name: string) => `It counts when ${name} says yes.`,
    waitsHere: 'It is on this phone and is sent when you are online.',
    edit: 'Change what you propose',
    takeBack: 'Take it back',
    takenBack: 'You have taken it back.',

    proposedByOther: (name: string) => `${name} proposes this`,
    youShareNothingYet: 'To share something yourself, answer with your own part.',
    yes: 'Say yes',
    answer: 'Answer with my own part',
    no: 'No, not like this',
    saidYes: 'You have said yes.',
    saidNo: 'It is off the table. What held before still holds.',
    yesWaits: 'You have said yes. It counts as soon as the server has heard of it.',

    crossed: 'You both proposed at the same moment',
    crossedMeans: (name: string) =>
      `${name} was a moment earlier, so that one is on the table. Yours is kept here:`,
    crossedGone: (name: string) =>
      `${name} was a moment earlier. That one is off the table now. Yours is kept here:`,
    answerWithMine: 'Answer with mine',
    letMineGo: 'Let mine go',
    mineGone: 'Yours is gone.',
    tooLate: (name: string) =>
      `When your yes arrived, that proposal of ${name}’s was no longer on the table. Look at what holds now.`,
    allRight: 'All right',

    step: (number: number, of: number) => `Question ${number} of ${of}`,
    next: 'Next',
    back: 'Back',
    draftBack: 'What you had begun is back.',
    discard: 'Begin again',
    share: {
      title: (name: string) => `What do you share with ${name}?`,
      lead: 'Of each check-in, when you can no longer take it back. You can change it for a single one, and later for all.',
      label: 'I share',
      less: (name: string) =>
        `That is less than now. It counts at once, and ${name} also loses what went beyond it before.`,
      more: (name: string) =>
        `That is more than now. It counts when ${name} has said yes, and only for check-ins after that.`,
    },
    around: {
      title: 'When are you around?',
      lead: 'Skip it if you like. It is a hint, not a promise.',
      days: 'Days',
      from: 'From',
      to: 'To',
      both: 'Give both times, or none.',
      notOnCall: 'I am not on call',
      notOnCallHint: 'I answer when I can, and nobody counts on more.',
    },
    worry: {
      title: 'What if one of you is worried?',
      lead: (name: string) => `What you and ${name} do then, in your own words. Skip it if you like.`,
      label: 'What we do',
      hint: 'For example: write first, then ring. After a day without an answer, ring my sister.',
      tooLong: (most: number) => `That is longer than fits (${most} characters).`,
      not: 'A buddy is not a crisis service. If things get dangerous, Help now is at the top of every screen.',
    },
    again: {
      title: 'When do you look at it again?',
      lead: 'Things change. On that day you are both asked whether it still fits.',
      label: 'Look at it again',
      never: 'No day',
      month: 'In a month',
      quarter: 'In three months',
      half: 'In half a year',
      own: 'On a day I choose',
      day: 'Day',
      past: 'Choose a day that is still to come.',
    },
    check: {
      title: 'Is this right?',
      propose: (name: string) => `Propose it to ${name}`,
      answer: (name: string) => `Send it to ${name}`,
      lessNow: 'Share less from now on',
      asIs: 'Leave it as it is',
      counts: (name: string) => `It counts when ${name} says yes.`,
      lessCounts: 'Sharing less counts at once.',
      meanwhile: (name: string) => `${name} has proposed something new meanwhile. Yours answers it.`,
      sent: (name: string) => `${name} finds it on your page in Leeward.`,
      narrowed: 'You share less from now on.',
    },
  },

  checkIn: {
    title: 'Who sees it',
    /** `many`: the names are several people's. */
    will: (names: string, _many: boolean, level: Level) =>
      level === 'nothing' ? `${names} will see nothing of it.` : `${names} will see ${levels[level]}.`,
    sees: (names: string, many: boolean, level: Level) => {
      const verb = many ? 'see' : 'sees'
      return level === 'nothing' ? `${names} ${verb} nothing of it.` : `${names} ${verb} ${levels[level]}.`
    },
    waits: (names: string, level: Level) =>
      level === 'nothing'
        ? `${names}: taken back as soon as the server hears of it.`
        : `${names}: ${levels[level]}, as soon as you are online.`,
    change: 'Change',
    changeLabel: 'Change who sees it',
    dialog: 'Who sees this check-in?',
    most: 'You can choose as much as you two agreed on.',
    onlyThis: 'This is for this check-in alone.',
    follows: 'What you change or delete here changes there as well.',
    unshare: 'Stop sharing it',
    unshareWith: (name: string) => `Stop sharing it with ${name}`,
    unshared: (name: string) => `${name} loses it as soon as that phone is in touch.`,
    share: 'Share it',
    /** The list begins with "You". */
    you: 'You',
    also: 'Whoever runs this server could read it there.',
  },

  sees: {
    title: (name: string) => `What ${name} sees right now`,
    link: (name: string) => `What ${name} sees right now`,
    lead: (name: string) => `Exactly what the server gives to ${name}’s phone of your check-ins.`,
    asOf: (when: string) => `As the server last told it: ${when}.`,
    empty: (name: string) => `${name} sees nothing of your check-ins.`,
    list: 'Your check-ins there',
    waiting: 'Not there yet',
    waitingMeans: 'These are on this phone only. They change what is above when you are online.',
    after: 'Once you can no longer take it back',
    unshare: 'Stop sharing',
    unshareWhich: (which: string) => `Stop sharing: ${which}`,
    goes: 'Is taken back as soon as you are online.',
    hello: (name: string) => `The words that asked ${name} to say hello`,
    changeHello: 'Change or take back',
    beside: (name: string) =>
      `What you and ${name} wrote to each other, and your agreement, is on both phones as you see it on yours.`,
    will: { share: 'To be shown', edit: 'Changed', delete: 'To be taken back' },
  },

  theirs: {
    title: (name: string) => `What ${name} shares`,
    nothing: (name: string) => `${name} has not shared a check-in.`,
    checkedIn: 'Checked in',
    more: 'Show more',
    today: 'From your buddies',
    who: (name: string, what: string) => `${name}: ${what}`,
  },
}
