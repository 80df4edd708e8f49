import { plurals } from '../grammar'

const count = plurals('en')

export const push = {
  title: 'On this phone',
  nobody: {
    title: 'Pushes need an account',
    text: 'The server sends them at the right minute, and for that it must know your reminders. Without an account, put them into your phone’s calendar.',
    signUp: 'Sign up',
    signIn: 'Sign in',
  },
  signedOut: 'You are signed out on this phone. Sign in again, and your reminders reach it.',
  off: {
    text: 'Your reminders do not reach this phone yet. The browser will ask once whether Leeward may notify you.',
    button: 'Let reminders reach this phone',
  },
  asking: 'The browser asks you now. Choose “Allow”.',
  working: 'One moment…',
  on: 'Your reminders reach this phone.',
  turnOff: 'Turn off on this phone',
  turnedOff: 'Off. Reminders do not reach this phone any more.',
  reached: (when: string) => `A push last reached this phone: ${when}.`,
  neverReached: 'No push has reached this phone yet. A test shows whether one can.',
  test: {
    button: 'Send me a test',
    waiting: 'It is on its way…',
    arrived: (seconds: string) => `It is here. It took ${seconds}.`,
    missing:
      'It has not come within half a minute. The phone may be saving power or be without a network; it may still come. If it never does, turn reminders off and on again on this phone.',
    tooMany: (minutes: number) =>
      `Those were many tests. The next one can go in ${count(minutes, 'minute', 'minutes')}.`,
    notHere: 'The server does not know this phone yet. Turn reminders off and on again here.',
  },
  outcomes: {
    dismissed: 'The browser’s question was closed. Nothing has changed, and you can try again.',
    'no-service':
      'This browser cannot reach its push service. It may be blocked by the browser’s settings, an app or the network. Reminders in your calendar work all the same.',
    brave:
      'In Brave, turn on “Use Google services for push messaging” in the settings under “Privacy and security”, then try again.',
    unreachable: 'The server cannot be reached just now. Try again when you are online.',
    'signed-out': 'You are signed out on this phone. Sign in, then try again.',
    'endpoint-not-allowed':
      'This server does not send through your browser’s push service. Whoever runs it can allow that. Reminders in your calendar work all the same.',
    refused: (code: string) => `The server did not take this phone (${code}). Try again later.`,
  },
  denied: {
    text: 'This browser was told not to let Leeward notify you. Only you can change that:',
    after: 'Then come back here.',
    ways: {
      installed: [
        'Hold your finger on Leeward’s icon and tap “App info” (ⓘ).',
        'Tap “Notifications” and allow them.',
      ],
      'chrome-android': [
        'Tap the icon to the left of the address.',
        'Tap “Permissions”, then “Notifications”.',
        'Allow them.',
      ],
      'firefox-android': [
        'Tap the lock to the left of the address.',
        'Tap “Notification” until it says “Allowed”.',
      ],
      samsung: [
        'Open the menu, then “Settings”.',
        'Tap “Sites and downloads”, then “Notifications”.',
        'Allow Leeward.',
      ],
      ios: [
        'Open the phone’s “Settings”.',
        'Tap “Notifications”, then “Leeward”.',
        'Turn on “Allow Notifications”.',
      ],
      firefox: [
        'Click the icon to the left of the address.',
        'Beside “Send Notifications”, remove “Blocked”.',
        'Reload this page.',
      ],
      safari: [
        'Open the menu “Safari”, then “Settings”.',
        'Choose “Websites”, then “Notifications”.',
        'Set this site to “Allow”.',
      ],
      chromium: ['Click the icon to the left of the address.', 'Turn on “Notifications”.'],
    },
  },
  'install-first': {
    title: 'On iPhone and iPad, first to the home screen',
    text: 'There, pushes come only to apps on the home screen (iOS 16.4 or newer):',
    steps: [
      'Tap Share, the square with the arrow.',
      'Choose “Add to Home Screen”.',
      'Open Leeward from there, sign in, and come back to this screen.',
    ],
  },
  'not-here':
    'This browser cannot receive pushes. Another browser on this phone may, and reminders in your calendar work all the same.',
  'no-worker':
    'In a private window no push can come. Open Leeward in an ordinary one, or put your reminders into your calendar.',
}
