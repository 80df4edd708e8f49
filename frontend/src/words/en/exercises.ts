import { plurals } from '../grammar'
import type { StrategyWords } from './toolbox'

const count = plurals('en')

type Key =
  | 'box-breathing'
  | 'four-seven-eight'
  | 'coherent-breathing'
  | 'five-senses'
  | 'muscle-relaxation'
  | 'leaves-on-a-stream'
  | 'worry-time'

const all: Record<Key, StrategyWords & { about: string }> = {
  'box-breathing': {
    title: 'Box breathing',
    kind: 'breathe',
    minutes: 3,
    about:
      'In, hold, out, rest: each for a count of four, like the four sides of a box. If holding feels bad, leave it out.',
    steps: [],
  },
  'four-seven-eight': {
    title: 'Four, seven, eight',
    kind: 'breathe',
    minutes: 3,
    about:
      'In for four, hold for seven, out for eight. Many like it before sleep. If you get dizzy, breathe as you always do.',
    steps: [],
  },
  'coherent-breathing': {
    title: 'Slow and even',
    kind: 'breathe',
    minutes: 5,
    about: 'About five and a half breaths a minute, in as long as out. Nothing to hold, nothing to count.',
    steps: [],
  },
  'five-senses': {
    title: 'Five, four, three, two, one',
    kind: 'ground',
    minutes: 4,
    about: 'When thoughts carry you off, your senses bring you back to where you are.',
    steps: [
      { text: 'Look around. Find five things that you can see. Say what each of them is.' },
      { text: 'Find four things that you can feel: the floor, your sleeve, the air on your face.' },
      { text: 'Listen. Find three sounds, near ones and far ones.' },
      { text: 'Find two things that you can smell. Your own sleeve will do.' },
      { text: 'Find one thing that you can taste, or take a sip of water.' },
      { text: 'Say where you are and what day it is. You are here.' },
    ],
  },
  'muscle-relaxation': {
    title: 'Tighten and let go',
    kind: 'rest',
    minutes: 6,
    about:
      'You tighten one part of your body, and then let it go. Leave out what hurts. Lying down or sitting, as you like.',
    steps: [
      { text: 'Make fists with both hands. Feel how tight they are.', seconds: 7 },
      { text: 'Let go. Let your hands lie there, and feel them get heavy.', seconds: 20 },
      { text: 'Pull your shoulders up to your ears.', seconds: 7 },
      { text: 'Let them drop. Breathe out slowly.', seconds: 20 },
      { text: 'Squeeze your eyes shut and press your lips together.', seconds: 7 },
      { text: 'Let go. Let your face be smooth and your jaw hang a little.', seconds: 20 },
      { text: 'Make your belly hard, as if a ball were coming.', seconds: 7 },
      { text: 'Let go. Feel it rise and fall with your breath.', seconds: 20 },
      { text: 'Press your feet into the ground and make your legs tight.', seconds: 7 },
      { text: 'Let go. Feel how the ground holds them.', seconds: 20 },
      {
        text: 'Go through your body once from head to feet. Where it is still tight, breathe out there.',
        seconds: 40,
      },
    ],
  },
  'leaves-on-a-stream': {
    title: 'Leaves on a stream',
    kind: 'think-through',
    minutes: 6,
    about:
      'You cannot make thoughts stop, but you can watch them go by. This is a walk to a stream in your mind.',
    steps: [
      { text: 'Sit down somewhere. Close your eyes if you like, or look at one spot.' },
      { text: 'Think of a stream. It is not fast. Leaves fall on it from the trees, and drift past you.' },
      { text: 'When a thought comes, put it on a leaf. Any thought, a nice one too.', seconds: 60 },
      {
        text: 'Watch the leaf drift off. You need not push it. If it stays a while, let it stay.',
        seconds: 90,
      },
      {
        text: 'You have drifted off yourself? Everybody does. Come back to the bank, and take the next leaf.',
        seconds: 90,
      },
      { text: 'Look at the stream once more. It goes on without you. Now feel the chair, and come back.' },
    ],
  },
  'worry-time': {
    title: 'Worry time',
    kind: 'think-through',
    minutes: 15,
    about:
      'Worries get a place and an end. When one comes at another hour you can tell it: at worry time. Not right before bed.',
    steps: [
      { text: 'Sit where you do not sleep. Have paper and a pen, or the notes on your phone.' },
      { text: 'Write down what worries you, one line each. Nobody will read it.', seconds: 300 },
      {
        text: 'Go through the lines. Is there one small thing that you can do about it? Write it beside it.',
        seconds: 420,
      },
      { text: 'For what you can do nothing about now, write: not today.', seconds: 120 },
      { text: 'Fold the paper or close the note. Get up, and do something with your hands.' },
    ],
  },
}

export const exercises = {
  title: 'Exercises',
  lead: 'They work without a network, too.',
  paced: {
    length: 'How long?',
    minutes: (n: number) => count(n, 'minute', 'minutes'),
    vibrate: 'Let the phone hum with the breath',
    start: 'Begin',
    stop: 'Stop',
    once: 'Once more',
    over: 'That was it. Stay a moment, if you like.',
    does: { in: 'In', hold: 'Hold', out: 'Out', rest: 'Rest' },
  },
  all,
}
