import { plurals } from '../grammar'

const count = plurals('en')

const seconds = (n: number): string =>
  n % 60 === 0 ? count(n / 60, 'minute', 'minutes') : count(n, 'second', 'seconds')

type Template =
  | 'cold-water'
  | 'short-walk'
  | 'call-someone'
  | 'five-things'
  | 'warm-drink'
  | 'brain-dump'
  | 'one-song'
  | 'hands'

/** What a template or an exercise says. */
export interface StrategyWords {
  title: string
  kind: 'breathe' | 'ground' | 'move' | 'reach-out' | 'make' | 'rest' | 'think-through' | 'other'
  minutes: number
  steps: { text: string; seconds?: number }[]
}

const templates: Record<Template, StrategyWords> = {
  'cold-water': {
    title: 'Cold water',
    kind: 'ground',
    minutes: 2,
    steps: [
      { text: 'Go to a tap and let the water run cold.' },
      { text: 'Hold your wrists under it. Feel where it is cold.', seconds: 30 },
      { text: 'Dry your hands slowly, finger by finger.' },
    ],
  },
  'short-walk': {
    title: 'Once around the block',
    kind: 'move',
    minutes: 10,
    steps: [
      { text: 'Put on shoes and a jacket. Nothing else is needed.' },
      { text: 'Walk as slowly or as fast as you like. Look for something green.', seconds: 480 },
      { text: 'Back at the door, stop for one breath before you go in.' },
    ],
  },
  'call-someone': {
    title: 'Write to somebody I trust',
    kind: 'reach-out',
    minutes: 5,
    steps: [
      { text: 'Think of one person who is kind to you.' },
      { text: 'Write one honest line: “Today is hard. Have you got a moment?”' },
      { text: 'Put the phone down for a while. They may need time.' },
    ],
  },
  'five-things': {
    title: 'Five things I can see',
    kind: 'ground',
    minutes: 3,
    steps: [
      { text: 'Name five things that you can see.' },
      { text: 'Name four that you can feel: your feet, your clothes, the air.' },
      { text: 'Name three that you can hear.' },
      { text: 'Name two that you can smell, and one that you can taste.' },
    ],
  },
  'warm-drink': {
    title: 'A warm drink, slowly',
    kind: 'rest',
    minutes: 10,
    steps: [
      { text: 'Make something warm to drink. Only that.' },
      { text: 'Hold the cup in both hands until you feel the warmth.', seconds: 60 },
      { text: 'Drink it in small sips, away from the screen.', seconds: 300 },
    ],
  },
  'brain-dump': {
    title: 'Everything out of my head',
    kind: 'think-through',
    minutes: 10,
    steps: [
      { text: 'Take paper, or a note on your phone.' },
      { text: 'Write down all that goes round in your head. It need not make sense.', seconds: 300 },
      { text: 'Mark what can be done today. Cross out what is not yours to carry.' },
      { text: 'Put the paper away.' },
    ],
  },
  'one-song': {
    title: 'One song, nothing else',
    kind: 'rest',
    minutes: 4,
    steps: [
      { text: 'Choose a song that is on your side.' },
      { text: 'Listen to the end and do nothing beside it.', seconds: 240 },
    ],
  },
  hands: {
    title: 'Something with my hands',
    kind: 'make',
    minutes: 15,
    steps: [
      { text: 'Choose something small: draw a leaf, fold paper, mend a button, water a plant.' },
      { text: 'Do it for a while. It need not turn out well.', seconds: 600 },
      { text: 'Look at what you made.' },
    ],
  },
}

export const toolbox = {
  title: 'Toolbox',
  one: 'In your toolbox',
  lead: 'What helps you. Only you see it.',
  list: 'Your strategies',
  empty: 'Nothing here yet. Write down something that helps you, or begin with one of these.',
  add: 'Write one',
  doIt: 'Do it',
  gone: 'It is not here any more',
  goneMeans: 'It was deleted, perhaps on another phone.',
  back: 'To your toolbox',
  minutes: (n: number) => count(n, 'minute', 'minutes'),
  kinds: {
    breathe: 'Breathe',
    ground: 'Come back to here',
    move: 'Move',
    'reach-out': 'Reach out',
    make: 'Make something',
    rest: 'Rest',
    'think-through': 'Think it through',
    other: 'Something else',
  },
  places: {
    'in-bed': 'In bed',
    'at-home': 'At home',
    outside: 'Outside',
    'on-the-way': 'On a bus or train',
    'at-work': 'At work or school',
    'among-people': 'Among people',
    anywhere: 'Anywhere',
  },
  when: {
    title: 'When it suits',
    moods: 'In which weather',
    feelings: 'For which feelings',
    contexts: 'Around what',
    places: 'Where',
    ownPlace: 'Another place',
    addPlace: 'Add',
  },
  steps: {
    title: 'Steps',
    hint: 'One thing at a time, as short as you like. A timer is for steps that last.',
    step: (n: number) => `Step ${n}`,
    seconds: (n: number) => `Timer of step ${n}, in seconds`,
    lasts: seconds,
    add: 'Add a step',
    up: 'Earlier',
    down: 'Later',
    away: 'Remove',
    earlier: (n: number) => `Move step ${n} earlier`,
    later: (n: number) => `Move step ${n} later`,
    remove: (n: number) => `Remove step ${n}`,
    tooLong: (most: number) => `That is more than ${most} characters. Make two steps of it.`,
    secondsWrong: (most: number) => `Whole seconds, from 1 to ${most}, or nothing.`,
  },
  edit: {
    button: 'Change it',
    new: 'New strategy',
    title: 'Change it',
    name: 'What is it called?',
    nameHint: 'As you would say it to yourself.',
    nameMissing: 'Give it a name.',
    nameTooLong: (most: number) => `At most ${most} characters.`,
    kind: 'What kind is it?',
    minutes: 'How many minutes?',
    minutesHint: 'May stay empty.',
    minutesWrong: (most: number) => `Whole minutes, from 1 to ${most}, or nothing.`,
    maySkip: 'You can leave this out.',
    moodsHint: 'None chosen: in any.',
    draftBack: 'What you began here is back.',
    discard: 'Discard it',
    delete: 'Delete it',
    deleted: (title: string) => `“${title}” is deleted.`,
    restored: 'It is back.',
    tooManySteps: (most: number) => `At most ${most} steps.`,
    tooMany: (most: number) => `Your toolbox holds ${most}. Delete one that you no longer need.`,
  },
  run: {
    leave: 'Leave it for now',
    resumed: 'You are back where you left it.',
    restart: 'From the beginning',
    before: 'How’s the weather in you?',
    skip: 'Skip, and begin',
    begin: 'Begin',
    place: (n: number, of: number) => `Step ${n} of ${of}`,
    next: 'Next',
    done: 'Done',
    back: 'Back',
    after: 'And how is it now?',
    again: 'Would you do it again?',
    yes: 'Yes',
    no: 'Not this one',
    save: 'Keep it',
    saved: 'Kept on this phone.',
    start: 'Start the timer',
    pause: 'Pause',
    goOn: 'Go on',
    once: 'Once more',
    over: 'The time is over. Go on when you like.',
  },
  tries: {
    title: 'So far',
    none: 'You have not tried it with Leeward yet.',
    tried: (n: number) => (n === 1 ? 'Tried once.' : `Tried ${n} times.`),
    last: (when: string) => `The last time: ${when}.`,
    helped: (helped: number, tries: number) =>
      tries < 5
        ? `You found it worth doing ${helped} of ${tries} times. That is too few to go by.`
        : `You found it worth doing ${helped} of ${tries} times.`,
    means: 'From your own tries alone. What helped once may not help every time.',
  },
  offers: {
    title: 'Something for now',
    untried: 'To try, if you like',
    helped: (helped: number, tries: number) =>
      tries < 5
        ? `In weather like this, worth doing ${helped} of ${tries} times so far`
        : `In weather like this, worth doing ${helped} of ${tries} times`,
  },
  templates: {
    title: 'To begin with',
    lead: 'Take one and make it yours.',
    all: templates,
  },
}
