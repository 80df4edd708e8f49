import { plurals } from '../grammar'

const count = plurals('en')

export const missed = {
  title: 'If I don’t check in',
  lead: (name: string) =>
    `${name} can be asked to say hello, if you want that. Nothing is said of how you are.`,
  isOff: 'Off. Nobody is told anything.',
  isOn: (name: string, after: string) => `On: ${name} is told after ${after} without a check-in.`,
  howLong: 'After how long?',
  after: (days: number) => (days === 7 ? 'a week' : count(days, 'day', 'days')),
  choice: (after: string) => `After ${after}`,
  words: (name: string) => `What ${name} reads then`,
  wordsHint: (name: string) => `${name} gets these words, and they may stand on ${name}’s lock screen.`,
  suggestion: (me: string) => `Say hello to ${me}.`,
  noWords: 'Write a few words.',
  tooLong: (most: number) => `That is longer than fits (${most} characters).`,
  means: (name: string) => [
    `It is said once, until you check in again. No mood goes with it, and you need not share any check-in with ${name}.`,
    'While your reminders are paused nobody is told. The time counts from the end of the pause.',
    `The server only knows what reached it: with no network for that long, ${name} is told too.`,
    `${name} may be asleep or away. This is no alarm, and nobody has to come.`,
    `When your words are gone from there, the server keeps them for 14 days, apart, so that ${name} could report them.`,
  ],
  turnOn: 'Turn it on',
  turnOff: 'Turn it off',
  saved: 'Saved.',
  turnedOff: 'It is off. What stood there is gone from the other’s phone at its next contact.',
  standing: (name: string, when: string) => `${name} has had your words since ${when}.`,
  needsAgreement: (name: string) => `First you and ${name} agree on something. Then you can turn this on.`,
  toAgreement: 'To the agreement',

  hello: {
    title: (name: string) => `Say hello to ${name}`,
    wrote: (name: string) => `${name} wrote this for you`,
    since: (when: string) => `Since ${when}`,
    means: (name: string) =>
      `${name} has not checked in for as long as they chose. That can have many reasons, and says nothing of how they are.`,
    done: 'I have said hello',
    cant: 'I can’t today',
    help: 'Helplines',
  },
  review: {
    title: 'Time to look at your agreement again',
    text: (name: string, day: string) =>
      `You and ${name} wanted to look at it again: ${day}. Does it still fit?`,
    look: 'Look at it again',
    fine: 'It fits, put this away',
  },
}
