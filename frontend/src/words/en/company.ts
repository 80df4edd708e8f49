import { plurals } from '../grammar'

const count = plurals('en')
const minutes = (number: number): string => count(number, 'minute', 'minutes')

/** Reaching out, being asked for company, and stepping back. */
export const company = {
  reachOut: 'Reach out',
  going: 'You have reached out',
  look: 'See how it stands',

  form: {
    title: 'Reach out',
    lead: 'Ask a buddy for company. They are asked one after the other, until one can.',
    want: 'What would help?',
    wants: { sit: 'Sit with me', listen: 'Listen', distract: 'Distract me' },
    whom: 'Who is asked, in this order',
    earlier: (name: string) => `${name} earlier`,
    each: 'How long for each',
    minutes,
    nobody: 'Choose at least one buddy.',
    ask: (name: string) => `Ask ${name}`,
    askFirst: (name: string) => `Ask ${name} first`,
    fewWords: 'They see what would help, and nothing else of yours. Nobody learns who else is asked.',
  },

  none: {
    title: 'Nobody to ask yet',
    text: 'For this you need a buddy with whom you have an agreement.',
    toBuddies: 'Go to Buddies',
  },

  standing: {
    unsent: {
      title: 'This has reached nobody yet',
      fresh:
        'It is being sent. If the network is away, it goes out by itself within ten minutes. Until it has, nobody knows.',
      old: 'It did not go out within ten minutes, and will not by itself any more. Do you still want it?',
    },
    refused: {
      title: 'This has reached nobody',
      'too-many-reach-outs':
        'You have reached out many times today, and it can wait for no buddy now. It is good that you look for company. A helpline is there at any time.',
      'signed-out': 'You are signed out on this phone. Sign in again, then ask once more.',
      'reach-out-too-old': 'It took too long to get there. Do you still want it?',
      otherwise: 'The server did not take it. You can try once more.',
    },
    asking: {
      title: 'Nobody has answered yet',
      text: 'They are asked one after the other by itself, also when you put the phone away.',
    },
    found: {
      title: (name: string) => `${name} can`,
      text: (name: string) => `${name} is there for you. Write or call.`,
    },
    later: { title: 'Later today', text: 'Nobody can right now, and somebody can later.' },
    nobody: { title: 'Nobody has answered yet', text: 'All of them were asked. An answer can still come.' },
    unreachable: { title: 'Nobody can be reached just now', text: 'That says nothing about you.' },
    lines: {
      next: (name: string) => `Then ${name}`,
      unreachable: (name: string) => `${name} can’t be reached just now.`,
      asked: (name: string, ago: number) =>
        ago === 0
          ? `Asked ${name} just now. No answer yet.`
          : `Asked ${name}, ${minutes(ago)} ago. No answer yet.`,
      passed: (name: string) => `${name} was asked. No answer yet.`,
      can: (name: string) => `${name} can.`,
      later: (name: string) => `${name} can later today.`,
      cant: (name: string) => `${name} can’t today.`,
    },
    list: 'How it stands',
    goTo: (name: string) => `Go to ${name}`,
    again: 'Ask again',
    takeBack: 'I don’t need it any more',
    done: 'That’s all for now',
  },

  beside: {
    title: 'Until then',
    not: 'A buddy is not an emergency service. If you are in danger, call one now.',
    help: 'Helplines and emergency numbers',
    senses: {
      title: 'Come back to the room',
      text: 'Look around. Name five things you see, four you can touch, three you hear, two you smell, and one good thing about right now.',
    },
  },

  breathing: {
    title: 'Breathe slowly',
    how: 'In for four, out for six. As long as it feels good.',
    start: 'Start',
    stop: 'Stop',
    in: 'Breathe in',
    out: 'Breathe out',
  },

  ask: {
    title: 'Somebody asks for you',
    wants: {
      sit: (name: string) => `${name} would like you to sit with them.`,
      listen: (name: string) => `${name} would like somebody to listen.`,
      distract: (name: string) => `${name} would like to be distracted.`,
    },
    passed: 'That was a while ago. You can still answer.',
    free: 'Any answer is fine.',
    answers: { can: 'I can', cant: 'Can’t today', later: 'Later today' },
    said: {
      can: (name: string) => `You said you can. ${name} knows.`,
      canWaits: (name: string) => `You said you can. ${name} hears of it as soon as it is sent.`,
      cant: 'You said you can’t today. That is fine.',
      later: 'You said later today.',
    },
    goTo: (name: string) => `Go to ${name}`,
    canNow: 'I can now',
    ended: (name: string) => `${name} no longer needs it. Thank you.`,
  },

  stepBack: {
    title: 'Step back for a time',
    text: 'Nothing of your buddies’ reaches your lock screen, and nobody asks you for company. They are not told that you have stepped back; whoever reaches out to you reads only that you can’t be reached just now. Messages wait for you here.',
    open: 'Step back for a time',
    until: 'Until when?',
    choices: { morning: 'Tomorrow morning', days: 'Three days', week: 'A week', open: 'Until I say' },
    button: 'Step back',
    holds: (until: string) => `You have stepped back until ${until}.`,
    holdsOpen: 'You have stepped back until you say.',
    end: 'I am here again',
    ended: 'You are there again.',
  },
}
