import type { Words } from '../en'
import { plurals } from '../grammar'

const count = plurals('de')

export const bar: Words['bar'] = {
  navigation: 'Hauptbereiche',
  today: 'Heute',
  history: 'Verlauf',
  buddies: 'Buddys',
  toolbox: 'Werkzeuge',
  me: 'Ich',
  helpNow: 'Hilfe jetzt',
  sync: {
    label: (line) => `${line}. Ansehen, was auf das Senden wartet`,
    onThisPhone: 'Auf diesem Telefon',
    nothingKept: 'Hier wird nichts behalten',
    upToDate: 'Alles gesendet',
    waiting: (n) => (n > 0 ? `Auf diesem Telefon · ${n} warten` : 'Auf diesem Telefon'),
    sending: (n) => (n > 0 ? `${n} werden gesendet …` : 'Alles gesendet'),
    offline: (n) => (n > 0 ? `Offline · ${n} warten` : 'Offline'),
    failed: (n) => (n > 0 ? `Noch nicht gesendet · ${n} warten` : 'Server nicht erreichbar'),
    signedOut: (n) => (n > 0 ? `Abgemeldet · ${n} warten` : 'Abgemeldet'),
    anotherAccount: (n) => (n > 0 ? `Anderes Konto · ${n} warten` : 'Anderes Konto'),
    needsLook: (n) => `${count(n, 'Sache wartet', 'Sachen warten')} auf dich`,
  },
}
