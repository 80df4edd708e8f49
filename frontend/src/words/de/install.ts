import type { Words } from '../en'

export const install: Words['install'] = {
  title: 'Leeward auf den Startbildschirm legen',
  why: 'Es öffnet sich dann wie jede App, und der Browser löscht seltener, was hier ist.',
  button: 'Installieren',
  installed: 'Leeward läuft vom Startbildschirm.',
  steps: {
    'ios-share': [
      'Tippe auf Teilen, das Quadrat mit dem Pfeil.',
      'Wähle „Zum Home-Bildschirm“.',
      'Öffne Leeward von dort.',
    ],
    'firefox-menu': [
      'Tippe auf das Menü mit den drei Punkten.',
      'Wähle „App zum Startbildschirm hinzufügen“.',
    ],
    'mac-dock': ['Öffne das Menü „Ablage“.', 'Wähle „Zum Dock hinzufügen“.'],
  },
  iosApart:
    'Auf diesem Gerät sieht der Startbildschirm nicht, was der Browser aufbewahrt hat. Lege zuerst ein Konto an und melde dich dann dort an: So kommen deine Check-ins mit.',
  none: 'Wenn das Menü deines Browsers „Installieren“ oder „Zum Startbildschirm“ hat, lässt sich Leeward dorthin legen.',
}
