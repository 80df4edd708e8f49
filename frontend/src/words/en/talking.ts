import type { Signal } from '../../features/buddies/talk_model'
import type { State } from '../../features/buddies/talk_rules'

const signals: Record<Signal, string> = {
  here: "I'm here",
  hard: 'That sounds hard',
  thinking: 'Thinking of you',
  glad: 'Glad to hear',
}

export const talking = {
  title: (name: string) => `You and ${name}`,
  signals,
  signalsLabel: 'Signs that need no words',
  write: (name: string) => `Write to ${name}`,
  peer: (name: string) =>
    `${name} is a peer, not a therapist and not a crisis service, and may not read this soon.`,
  help: 'Find help',
  send: 'Send',
  said: 'It is on its way.',
  left: (n: number) => `${n} characters left`,
  tooLong: (n: number) => `${n} characters too many. It stays here until it fits.`,
  nothing: 'Nothing has been said yet. A sign without words is a good beginning.',
  enough: (name: string, when: string) =>
    `“Thinking of you” has gone to ${name} three times. That says a lot. It can go again ${when}.`,
  notYet: (name: string) =>
    `You and ${name} can write to each other when you both have said yes to an agreement.`,
  toAgreement: 'To the agreement',
  you: 'You',
  answered: 'an answer to a check-in',
  answeredYours: 'an answer to your check-in',
  earlier: 'Show earlier',
  state: {
    'on-this-phone': 'On this phone, not sent yet',
    sent: 'Sent',
    received: 'Received',
    seen: 'Seen',
  } satisfies Record<State, string>,
  answer: 'Answer without words',
  answerLabel: 'Your answer',
  yours: (signal: string) => `You: ${signal}`,
  theirs: (name: string, signal: string) => `${name}: ${signal}`,
  delete: {
    label: 'Delete this message',
    title: 'Delete this message?',
    text: (name: string) => `It is gone for you and for ${name}. What ${name} has read stays read.`,
    kept: (name: string) =>
      `The server keeps its words for 14 days, apart, so that ${name} could report them. Then they are gone.`,
    button: 'Delete',
    keep: 'Keep it',
    done: 'Deleted.',
  },
  settings: {
    link: 'Pushes and privacy',
    about: (name: string) => `What Leeward tells you of ${name}, and ${name} of you`,
    title: (name: string) => `Pushes and privacy with ${name}`,
    pushes: 'Tell me by a push',
    quiet: 'Your quiet hours and your pause hold for these too, but what has been said is there.',
    reach: 'Pushes have to be turned on, on each phone.',
    reachLink: 'See whether they reach this phone',
    messages: 'Messages',
    messagesHint: (name: string) =>
      `Also ${name}’s words for you when ${name} does not check in for a while.`,
    signals: 'Signs without words',
    sharedCheckIns: 'Shared check-ins',
    asks: (name: string) => `When ${name} reaches out`,
    asksHint: (name: string) => `Turned off, ${name} is told that you can’t be reached just now.`,
    agreements: 'Your agreement',
    agreementsHint: (name: string) =>
      `When ${name} proposes one or says yes, and on the day when you look at it again.`,
    lockScreen: 'Lock screen',
    name: (name: string) => `Show the name ${name}`,
    nameHint:
      'Without this it says “a buddy”. It never shows a message. Only words for a missed check-in stand there, as they were written for it.',
    seenTitle: 'Read or not',
    seen: (name: string) => `Tell ${name} what I have seen`,
    seenHint: (name: string) =>
      `Without this ${name} only learns that it has reached your phone. Turned off again, ${name} no longer sees it.`,
  },
}
