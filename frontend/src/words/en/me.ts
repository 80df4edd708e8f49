import { plurals } from '../grammar'

const count = plurals('en')

export const me = {
  title: 'Me',
  here: {
    none: 'Nobody is signed in',
    noneMeans:
      'What you write stays on this phone and is sent to nobody. If you lose the phone, what you wrote is lost with it.',
    signUp: 'Sign up',
    signIn: 'Sign in',
    signedIn: (name: string) => `Signed in as ${name}`,
    signedInMeans: 'No other member sees this name.',
    signedOut: (name: string) => `Signed out: ${name}`,
    signedOutMeans: 'What you wrote is safe on this phone. Sign in again and it goes on to the server.',
    another: 'Another account is signed in in this browser',
    anotherMeans: (name: string) =>
      `What is here belongs to ${name} and waits for them. Sign in as ${name}, or sign out to empty this phone.`,
    question: (n: number) =>
      `${count(n, 'check-in on this phone is', 'check-ins on this phone are')} in no account yet`,
    answer: 'Decide',
  },
  ended: {
    title: 'This device was signed out',
    text: 'Somebody with your account ended it from another device, or the account was deleted. What was kept here is erased.',
    fine: 'All right',
  },
  account: 'Account',
  accountAbout: 'Password, recovery codes, sign out, delete',
  devices: 'Devices',
  devicesAbout: 'Where you are signed in',
  settings: 'Settings',
  settingsAbout: 'Language, light or dark, region for help',
  thisPhone: 'On this phone',
  about: 'About Leeward',

  language: { label: 'Language' },
  theme: { label: 'Light or dark', system: 'As the phone says', light: 'Light', dark: 'Dark' },
  region: {
    label: 'Region for help',
    hint: 'Whose numbers Help now shows first.',
    guess: (country: string) => `As the phone says (${country})`,
    guessUnknown: 'As the phone says',
  },

  storage: {
    granted: 'The browser keeps what you write here until you remove it.',
    refused:
      'The browser may erase what is here when the phone runs out of room or Leeward stays unused for long.',
    refusedInstall: 'Installing Leeward or signing up guards against that.',
    refusedSignUp: 'Signing up guards against that.',
    refusedSynced: 'The server has a copy.',
    unsupported: 'This browser does not say whether it keeps what is here.',
    unknown: 'The browser has not promised to keep what is here.',
    used: (amount: string) => `Uses ${amount} of this phone.`,
  },

  aboutApp: {
    what: 'A peer, not a therapist and not a crisis service.',
    stores: 'What the server stores',
    storesNothing: 'Without an account: nothing of yours.',
    requests:
      'Leeward talks to its own server and to nobody else: no statistics, no advertising, nothing loaded from elsewhere.',
    licence:
      'Free software under the GNU AGPL, version 3 or later. Whoever runs this server can give you its source code.',
    version: (build: string) => `Version ${build}`,
  },
}
