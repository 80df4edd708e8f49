import { plurals } from '../grammar'

const answers = plurals('en')

export const stewards = {
  row: { title: 'Steward', about: 'How this server is doing' },
  title: 'This server',
  loading: 'Asking the server…',
  needsNetwork: 'This page asks the server, and it did not answer. Try again when you are online.',
  onlyStewards: 'This page is for stewards: members who look after this server. You are not one of them.',
  nobody: 'This page is for stewards: members who look after this server. Nobody is signed in here.',
  signIn: 'Sign in',
  /** After what to type. */
  saysMore: 'says more.',
  lookAgain: 'Look again',
  lookedAt: (time: string) => `As it was at ${time}.`,

  pushes: {
    goOut: 'Pushes go out',
    goOutMeans: 'Every push service that was asked takes what this server sends.',
    nothingYet: 'No push has been answered yet',
    nothingYetMeans: 'Whether pushes go out is seen when the first one is sent: a reminder, or a test.',
    refused: (host: string, since: string) =>
      `The push service ${host} has refused this server’s pushes since ${since}`,
    tell: 'Reminders do not reach phones that use it. Tell whoever runs this server:',
    command: 'leeward push status',
    list: 'What push services answered in the last 30 days',
    accepted: (n: number, when: string) => `${answers(n, 'accepted', 'accepted')}, the last on ${when}`,
    noneAccepted: 'None accepted',
    refusals: (n: number, when: string) => `${answers(n, 'refused', 'refused')}, the last on ${when}`,
  },

  worker: {
    title: 'Reminders and pushes are attended to',
    text: 'Reminders are woken and pushes are delivered: both were seen within two minutes.',
    nobodyWakes: 'Nobody wakes reminders',
    nobodyDelivers: 'Nobody delivers pushes',
    neither: 'Nobody wakes reminders or delivers pushes',
    nobodyMeans:
      'It was not seen for two minutes, so reminders do not come. Is the server just starting? Otherwise tell whoever runs it:',
    command: 'leeward doctor',
  },
}
