import type { Words } from '../en'
import { plurals } from '../grammar'

const count = plurals('de')

export const push: Words['push'] = {
  title: 'Auf diesem Telefon',
  nobody: {
    title: 'Push braucht ein Konto',
    text: 'Der Server sendet zur richtigen Minute, und dafür muss er deine Erinnerungen kennen. Ohne Konto kannst du sie in den Kalender deines Telefons legen.',
    signUp: 'Konto anlegen',
    signIn: 'Anmelden',
  },
  signedOut:
    'Du bist auf diesem Telefon abgemeldet. Melde dich wieder an, dann erreichen es deine Erinnerungen.',
  off: {
    text: 'Deine Erinnerungen erreichen dieses Telefon noch nicht. Der Browser fragt einmal, ob Leeward dich benachrichtigen darf.',
    button: 'Auf diesem Telefon erinnern',
  },
  asking: 'Der Browser fragt dich jetzt. Wähle „Zulassen“.',
  working: 'Einen Moment …',
  on: 'Deine Erinnerungen erreichen dieses Telefon.',
  turnOff: 'Auf diesem Telefon ausschalten',
  turnedOff: 'Aus. Erinnerungen erreichen dieses Telefon nicht mehr.',
  reached: (when) => `Zuletzt hat ein Push dieses Telefon erreicht: ${when}.`,
  neverReached: 'Noch kein Push hat dieses Telefon erreicht. Ein Test zeigt, ob es geht.',
  test: {
    button: 'Test senden',
    waiting: 'Er ist unterwegs …',
    arrived: (seconds) => `Er ist da. Es hat ${seconds} gedauert.`,
    missing:
      'Er ist in einer halben Minute nicht angekommen. Vielleicht spart das Telefon Strom oder hat kein Netz; er kann noch kommen. Kommt er nie, schalte die Erinnerungen auf diesem Telefon aus und wieder ein.',
    tooMany: (minutes) =>
      `Das waren viele Tests. Der nächste geht in ${count(minutes, 'Minute', 'Minuten')}.`,
    notHere: 'Der Server kennt dieses Telefon noch nicht. Schalte die Erinnerungen hier aus und wieder ein.',
  },
  outcomes: {
    dismissed:
      'Die Frage des Browsers wurde geschlossen. Es hat sich nichts geändert, du kannst es noch einmal versuchen.',
    'no-service':
      'Dieser Browser erreicht seinen Push-Dienst nicht. Vielleicht sperren ihn die Einstellungen, eine App oder das Netz. Erinnerungen in deinem Kalender gehen trotzdem.',
    brave:
      'Schalte in Brave unter „Datenschutz und Sicherheit“ ein: „Google-Dienste für Push-Nachrichten verwenden“. Versuche es dann noch einmal.',
    unreachable: 'Der Server ist gerade nicht zu erreichen. Versuche es wieder, wenn du online bist.',
    'signed-out': 'Du bist auf diesem Telefon abgemeldet. Melde dich an und versuche es noch einmal.',
    'endpoint-not-allowed':
      'Dieser Server sendet nicht über den Push-Dienst deines Browsers. Wer ihn betreibt, kann das erlauben. Erinnerungen in deinem Kalender gehen trotzdem.',
    refused: (code) => `Der Server hat dieses Telefon nicht angenommen (${code}). Versuche es später wieder.`,
  },
  denied: {
    text: 'Diesem Browser wurde gesagt, dass Leeward dich nicht benachrichtigen darf. Nur du kannst das ändern:',
    after: 'Komm dann hierher zurück.',
    ways: {
      installed: [
        'Halte den Finger auf das Symbol von Leeward und tippe auf „App-Info“ (ⓘ).',
        'Tippe auf „Benachrichtigungen“ und lass sie zu.',
      ],
      'chrome-android': [
        'Tippe auf das Symbol links neben der Adresse.',
        'Tippe auf „Berechtigungen“, dann auf „Benachrichtigungen“.',
        'Lass sie zu.',
      ],
      'firefox-android': [
        'Tippe auf das Schloss links neben der Adresse.',
        'Tippe auf „Benachrichtigung“, bis dort „Erlaubt“ steht.',
      ],
      samsung: [
        'Öffne das Menü, dann „Einstellungen“.',
        'Tippe auf „Websites und Downloads“, dann auf „Benachrichtigungen“.',
        'Erlaube Leeward.',
      ],
      ios: [
        'Öffne die „Einstellungen“ des Telefons.',
        'Tippe auf „Mitteilungen“, dann auf „Leeward“.',
        'Schalte „Mitteilungen erlauben“ ein.',
      ],
      firefox: [
        'Klicke auf das Symbol links neben der Adresse.',
        'Entferne neben „Benachrichtigungen senden“ das „Blockiert“.',
        'Lade diese Seite neu.',
      ],
      safari: [
        'Öffne das Menü „Safari“, dann „Einstellungen“.',
        'Wähle „Websites“, dann „Mitteilungen“.',
        'Stelle diese Seite auf „Erlauben“.',
      ],
      chromium: ['Klicke auf das Symbol links neben der Adresse.', 'Schalte „Benachrichtigungen“ ein.'],
    },
  },
  'install-first': {
    title: 'Auf iPhone und iPad zuerst auf den Home-Bildschirm',
    text: 'Dort kommt Push nur zu Apps auf dem Home-Bildschirm (ab iOS 16.4):',
    steps: [
      'Tippe auf Teilen, das Quadrat mit dem Pfeil.',
      'Wähle „Zum Home-Bildschirm“.',
      'Öffne Leeward von dort, melde dich an und komm auf diese Seite zurück.',
    ],
  },
  'not-here':
    'Dieser Browser kann keinen Push empfangen. Ein anderer Browser auf diesem Telefon vielleicht, und Erinnerungen in deinem Kalender gehen trotzdem.',
  'no-worker':
    'In einem privaten Fenster kann kein Push kommen. Öffne Leeward in einem gewöhnlichen, oder lege deine Erinnerungen in deinen Kalender.',
}
