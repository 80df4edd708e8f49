import type { Words } from '../en'
import { plurals } from '../grammar'

const count = plurals('de')

export const me: Words['me'] = {
  title: 'Ich',
  here: {
    none: 'Niemand ist angemeldet',
    noneMeans:
      'Was du schreibst, bleibt auf diesem Telefon und wird niemandem gesendet. Verlierst du das Telefon, ist auch das Geschriebene weg.',
    signUp: 'Konto anlegen',
    signIn: 'Anmelden',
    signedIn: (name) => `Angemeldet als ${name}`,
    signedInMeans: 'Kein anderes Mitglied sieht diesen Namen.',
    signedOut: (name) => `Abgemeldet: ${name}`,
    signedOutMeans:
      'Was du geschrieben hast, ist sicher auf diesem Telefon. Melde dich wieder an, dann geht es an den Server.',
    another: 'In diesem Browser ist ein anderes Konto angemeldet',
    anotherMeans: (name) =>
      `Was hier liegt, gehört ${name} und wartet. Melde dich als ${name} an, oder melde dich ab, um dieses Telefon zu leeren.`,
    question: (n) =>
      `${count(n, 'Check-in auf diesem Telefon ist', 'Check-ins auf diesem Telefon sind')} noch in keinem Konto`,
    answer: 'Entscheiden',
  },
  ended: {
    title: 'Dieses Gerät wurde abgemeldet',
    text: 'Jemand mit deinem Konto hat es von einem anderen Gerät aus abgemeldet, oder das Konto wurde gelöscht. Was hier lag, ist gelöscht.',
    fine: 'In Ordnung',
  },
  account: 'Konto',
  accountAbout: 'Passwort, Wiederherstellungscodes, abmelden, löschen',
  devices: 'Geräte',
  devicesAbout: 'Wo du angemeldet bist',
  settings: 'Einstellungen',
  settingsAbout: 'Sprache, hell oder dunkel, Region für Hilfe',
  thisPhone: 'Auf diesem Telefon',
  about: 'Über Leeward',

  language: { label: 'Sprache' },
  theme: { label: 'Hell oder dunkel', system: 'Wie das Telefon', light: 'Hell', dark: 'Dunkel' },
  region: {
    label: 'Region für Hilfe',
    hint: 'Wessen Nummern „Hilfe jetzt“ zuerst zeigt.',
    guess: (country) => `Wie das Telefon (${country})`,
    guessUnknown: 'Wie das Telefon',
  },

  storage: {
    granted: 'Der Browser behält, was du hier schreibst, bis du es entfernst.',
    refused:
      'Der Browser darf löschen, was hier ist, wenn der Platz knapp wird oder Leeward lange nicht benutzt wird.',
    refusedInstall: 'Leeward zu installieren oder ein Konto anzulegen schützt davor.',
    refusedSignUp: 'Ein Konto anzulegen schützt davor.',
    refusedSynced: 'Auf dem Server liegt eine Kopie.',
    unsupported: 'Dieser Browser sagt nicht, ob er behält, was hier ist.',
    unknown: 'Der Browser hat nicht versprochen, zu behalten, was hier ist.',
    used: (amount) => `Braucht ${amount} auf diesem Telefon.`,
  },

  aboutApp: {
    what: 'Von gleich zu gleich: keine Therapie und kein Krisendienst.',
    stores: 'Was der Server speichert',
    storesNothing: 'Ohne Konto: nichts von dir.',
    requests:
      'Leeward spricht mit seinem eigenen Server und mit niemandem sonst: keine Statistik, keine Werbung, nichts wird von woanders geladen.',
    licence:
      'Freie Software unter der GNU AGPL, Version 3 oder neuer. Wer diesen Server betreibt, kann dir den Quelltext geben.',
    version: (build) => `Version ${build}`,
  },
}
