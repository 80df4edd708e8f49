import type { Words } from '../en'
import { plurals } from '../grammar'

const count = plurals('de')

export const reminders: Words['reminders'] = {
  title: 'Erinnerungen',
  about: 'Wann Leeward fragt, wie es dir geht',
  lead: 'Sie kommen zur Zeit auf deiner Uhr, und nicht, wenn es schon getan ist.',
  list: 'Deine Erinnerungen',
  empty: 'Noch keine. Wähle eine Zeit, die dir passt. Du kannst sie jederzeit ändern oder pausieren.',
  add: 'Erinnerung hinzufügen',
  everyDay: 'Jeden Tag',
  weekdays: 'Montag bis Freitag',
  off: 'Aus',
  next: (when) => `Nächste:\u00a0${when}`,
  when: {
    today: (time) => `heute ${time}`,
    tomorrow: (time) => `morgen ${time}`,
    yesterday: (time) => `gestern ${time}`,
    on: (day, time) => `${day}, ${time}`,
  },
  pinnedTo: (city) => `Zeit von ${city}`,

  quiet: {
    title: 'Ruhezeiten',
    label: 'In den Ruhezeiten kommt nichts',
    hint: 'Was hineinfällt, kommt an ihrem Ende.',
    from: 'Von',
    to: 'Bis',
    same: 'Beide Zeiten sind gleich: dann gibt es keine Ruhezeiten.',
  },

  pause: {
    title: 'Pause',
    hint: 'Alles ruht bis zu dem Tag, den du wählst. Es kostet nichts.',
    tomorrow: 'Bis morgen',
    week: 'Eine Woche',
    month: 'Einen Monat',
    until: 'Oder bis',
    button: 'Pausieren',
    far: 'Wähle einen Tag innerhalb eines Jahres.',
    past: 'Wähle einen Tag, der noch kommt.',
    paused: (day) => `Pause bis ${day}`,
    pausedMeans: 'Bis dahin kommt nichts. Nimm dir die Zeit, die du brauchst.',
    end: 'Pause beenden',
    ended: 'Die Pause ist beendet.',
    over: 'Schön, dass du wieder da bist',
    overMeans: 'Deine Pause ist vorbei, und deine Erinnerungen kommen wieder. Du hast nichts verpasst.',
    fine: 'In Ordnung',
  },

  zone: {
    title: 'Welche Uhr',
    follows: (city) => `Deine Erinnerungen folgen deinem Telefon: jetzt die Zeit von ${city}.`,
    elsewhere: (theirs, here) =>
      `Deine Erinnerungen gehen nach der Zeit von ${theirs}. Dieses Telefon zeigt die Zeit von ${here}.`,
    here: (city) => `Nach der Zeit von ${city} gehen`,
  },

  travel: {
    text: (city) =>
      `Dieses Telefon zeigt jetzt die Zeit von ${city}, und deine Erinnerungen sind mitgekommen.`,
    fine: 'So ist es richtig',
    stay: (city) => `Bei der Zeit von ${city} bleiben`,
  },

  lockScreen: {
    title: 'Sperrbildschirm',
    label: 'Namen der Erinnerung zeigen',
    hint: 'Sonst steht dort nur „Ein Moment für dich?“. Das gilt auch für den Kalender.',
  },

  calendar: {
    title: 'Im Kalender',
    file: 'Auch der Kalender deines Telefons kann dich erinnern, ohne Konto und ohne Push.',
    fileButton: 'Kalenderdatei sichern',
    fileHint:
      'Öffne die Datei, um sie in deinen Kalender zu legen. Wenn du eine Erinnerung änderst, sichere eine neue.',
    fileEmpty: 'Es gibt noch keine Erinnerung, die hineinkönnte.',
    fileName: 'leeward-erinnerungen.ics',
    generic: 'Ein Moment für dich?',
    link: 'Eine geheime Adresse, der dein Kalender folgen kann. Sie zieht mit deinen Änderungen mit. Wer sie hat, sieht, wann du erinnert wirst.',
    linkButton: 'Adresse anlegen',
    linkNew: 'Neue Adresse anlegen',
    linkNewMeans: 'Eine neue tritt an ihre Stelle.',
    linkSince: (day) => `Es gibt eine Adresse seit ${day}. Sie wurde einmal gezeigt.`,
    linkOnce: 'Kopiere sie jetzt: sie wird nur einmal gezeigt.',
    linkLabel: 'Adresse für deinen Kalender',
    copy: 'Kopieren',
    copied: 'Kopiert.',
    remove: 'Adresse entfernen',
    removed: 'Die Adresse ist entfernt und gilt nicht mehr.',
    busy: 'Einen Moment …',
    unreachable: 'Der Server ist gerade nicht zu erreichen. Versuche es wieder, wenn du online bist.',
    refused: 'Der Server hat das gerade nicht angenommen. Versuche es später wieder.',
  },

  edit: {
    new: 'Neue Erinnerung',
    title: 'Erinnerung',
    on: 'An',
    label: 'Name',
    labelHint: 'Wenn du magst. Er erscheint nicht auf dem Sperrbildschirm, außer du willst es so.',
    labelTooLong: (most) => `Das ist länger, als hineinpasst (${most} Zeichen).`,
    times: 'Zeiten',
    timeNumber: (number) => `Zeit ${number}`,
    addTime: 'Zeit hinzufügen',
    removeTime: (time) => `${time} entfernen`,
    emptyTime: 'diese Zeit',
    noTimes: 'Wähle mindestens eine Zeit.',
    inQuietHours: (time, end) => `${time} liegt in deinen Ruhezeiten. Sie kommt stattdessen um ${end}.`,
    days: 'Tage',
    noDays: 'Wähle mindestens einen Tag.',
    skip: 'Auslassen nach einem Check-in',
    never: 'Nie: sie kommt immer',
    skipWithin: (n) => (n === 1 ? 'der letzten Stunde' : `der letzten ${count(n, 'Stunde', 'Stunden')}`),
    zone: 'Welche Uhr',
    follow: 'Meinem Telefon folgen',
    pinned: (city) => `Bei der Zeit von ${city} bleiben`,
    unknownZone: 'Dieser Browser kennt diese Zeitzone nicht.',
    tooMany: (most) => `Es gibt schon ${most} Erinnerungen. Ändere oder lösche eine davon.`,
    delete: 'Diese Erinnerung löschen',
    deleted: (what) => `Gelöscht: ${what}`,
    restored: 'Sie ist wieder da.',
    gone: 'Diese Erinnerung gibt es nicht mehr',
    goneMeans: 'Sie wurde gelöscht, hier oder auf einem anderen Gerät.',
    back: 'Zurück zu deinen Erinnerungen',
    draftBack: 'Was du begonnen hattest, ist wieder da.',
    discard: 'Verwerfen',
  },

  arrival: {
    from: (moment) => `${moment}: da kam deine Erinnerung. Das hier ist der Check-in von heute.`,
  },
}
