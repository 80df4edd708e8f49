import type { Words } from '../en'
import { plurals } from '../grammar'

const count = plurals('de')
const changes = (n: number) => count(n, 'Änderung', 'Änderungen')
const checkIns = (n: number) => count(n, 'Check-in', 'Check-ins')

export const accounts: Words['accounts'] = {
  name: {
    label: 'Name',
    choose: 'Name zum Anmelden',
    hint: 'Was du magst; es muss nicht dein echter Name sein. Keine E‑Mail. Niemand sonst sieht ihn.',
  },
  password: {
    label: 'Passwort',
    current: 'Dein jetziges Passwort',
    next: 'Neues Passwort',
    hint: '8 Zeichen oder mehr. Drei oder vier eigene Wörter sind gut und leicht zu merken.',
    show: 'Zeigen',
    showLabel: 'Zeigen: das Passwort',
    hide: 'Verbergen',
    hideLabel: 'Verbergen: das Passwort',
  },
  empty: 'Fülle das bitte aus.',
  unreachable:
    'Der Server hat nicht geantwortet. Dafür braucht es das Netz. Was du getippt hast, ist noch da: Versuch es wieder, wenn du online bist.',
  problems: {
    'name-invalid': 'Ein Name hat 2 bis 40 sichtbare Zeichen.',
    'name-taken': 'Diesen Namen hat schon jemand. Hänge etwas an oder nimm einen anderen.',
    'password-too-short': 'Das ist zu kurz: 8 Zeichen oder mehr.',
    'password-too-long': 'Das ist zu lang: höchstens 256 Zeichen.',
    'password-too-common':
      'Viele benutzen dieses Passwort, darum wird es zuerst geraten. Drei oder vier eigene Wörter sind besser.',
    'wrong-name-or-password':
      'Name und Passwort passen nicht zusammen. Im Passwort zählen große und kleine Buchstaben.',
    'password-wrong': 'Das ist nicht dein Passwort. Große und kleine Buchstaben zählen.',
    'code-wrong': 'Name und Code passen nicht zusammen, oder dieser Code wurde schon benutzt.',
    'name-does-not-match': 'So heißt dieses Konto nicht.',
    'adults-only': 'Leeward ist für Menschen ab 18.',
    'consent-outdated': 'Der Text oben hat sich geändert. Lade Leeward neu und lies ihn noch einmal.',
    'too-many-tries': 'Das wurde oft versucht. Warte ein paar Minuten und versuch es dann wieder.',
    'signed-out': 'Du bist abgemeldet. Melde dich wieder an, dann geht es hier weiter.',
    'device-ended': 'Dieses Gerät wurde von einem anderen aus abgemeldet.',
    'no-such-device': 'Dieses Gerät ist schon abgemeldet.',
    'try-again': 'Das traf mit etwas anderem zusammen. Es wurde nichts geändert; versuch es noch einmal.',
    busy: 'Gerade melden sich viele an. Es wurde nichts geändert; versuch es in einer Minute noch einmal.',
    'database-busy':
      'Der Server hat gerade viel zu tun. Es wurde nichts geändert; versuch es in einer Minute noch einmal.',
    'database-unavailable':
      'Der Server ist gerade nicht zu gebrauchen. Es wurde nichts geändert; versuch es in ein paar Minuten noch einmal.',
  },
  problem: (code) =>
    `Der Server hat das nicht angenommen (${code}). Nichts wurde geändert. Versuch es etwas später noch einmal.`,
  wait: (minutes) => `Warte ${count(minutes, 'Minute', 'Minuten')} und versuch es dann wieder.`,

  signUp: {
    title: 'Konto anlegen',
    lead: 'Damit bleibt sicher, was du schreibst, auch wenn dieses Telefon verloren geht, und es kommt auf deine anderen Geräte.',
    brings: (n) => `${checkIns(n)} auf diesem Telefon ${n === 1 ? 'kommt' : 'kommen'} in dein Konto.`,
    adult: {
      label: 'Ich bin 18 oder älter',
      why: 'Hier teilen Menschen Schweres, und niemand mit Ausbildung schaut zu. Darum ist Leeward für Erwachsene. „Hilfe jetzt“ ist für alle.',
      needed:
        'Leeward ist für Menschen ab 18. Wenn du jünger bist: „Hilfe jetzt“ ist auch für dich, und dort mit jemandem zu sprechen ist ein guter Schritt.',
    },
    stores: {
      title: 'Was der Server speichert',
      items: [
        'Deine Check-ins mit deinen Notizen und deine Einstellungen, so wie du sie schreibst.',
        'Deinen Namen, und dein Passwort und die Wiederherstellungscodes in einer Form, die sich nicht zurücklesen lässt.',
        'Deine Geräte: wie sie heißen und wann jedes zuletzt hier war.',
      ],
      read: 'Wer diesen Server betreibt, kann deine Check-ins lesen, auch die Notizen. Andere Mitglieder können es nicht.',
      delete:
        'Du kannst alles jederzeit löschen: Ich, Konto, Mein Konto löschen. Es ist sofort weg; Kopien in Sicherungen gehen, sobald diese ersetzt werden.',
      yes: 'Ja, das ist in Ordnung für mich',
      needed: 'Ohne dein Ja geht nichts an den Server. Leeward geht auch ohne Konto.',
    },
    submit: 'Konto anlegen',
    busy: 'Wird angelegt …',
    have: 'Ich habe schon ein Konto',
  },

  codes: {
    title: 'Deine Wiederherstellungs\u00ADcodes',
    lead: 'Wenn du dein Passwort einmal vergisst, kommst du mit einem davon wieder hinein. Es gibt keine E‑Mail, also kann dir niemand einen anderen Weg schicken.',
    once: 'Jeder Code geht einmal. Sie werden nur jetzt gezeigt.',
    download: 'Herunterladen',
    print: 'Drucken',
    copy: 'Kopieren',
    copied: 'Kopiert.',
    notCopied: 'Der Browser hat das Kopieren nicht erlaubt. Lade sie herunter oder schreib sie auf.',
    kept: 'Ich habe sie aufbewahrt',
    number: (n) => `Code ${n}`,
    fileName: 'leeward-wiederherstellungscodes.txt',
    file: {
      title: 'Leeward: Wiederherstellungscodes',
      server: (origin) => `Server: ${origin}`,
      how: 'Jeder Code geht einmal: Anmelden, Mit einem Code anmelden. Bewahre sie dort auf, wo nur du sie findest.',
    },
    fresh: {
      title: 'Neue Wiederherstellungs\u00ADcodes',
      lead: 'Macht zehn neue Codes. Die alten gelten dann nicht mehr.',
      submit: 'Neue Codes machen',
      left: (n) => `${count(n, 'Code ist', 'Codes sind')} übrig.`,
    },
    leave: 'Hast du deine Codes aufbewahrt? Sie werden nicht noch einmal gezeigt.',
    lost: 'Die zuletzt gemachten Codes wurden nicht weggelegt und können nicht noch einmal gezeigt werden. Mach neue und bewahre sie auf.',
  },

  signIn: {
    title: 'Anmelden',
    lead: 'Deine Check-ins kommen auf dieses Gerät.',
    again: (name) =>
      `Du wurdest abgemeldet. Was du geschrieben hast, ist sicher auf diesem Telefon; melde dich als ${name} an, dann geht es weiter.`,
    submit: 'Anmelden',
    busy: 'Wird angemeldet …',
    forgot: 'Mit einem Code anmelden',
    fresh: 'Konto anlegen',
  },

  recover: {
    title: 'Mit einem Code anmelden',
    lead: 'Mit einem deiner zehn Codes wählst du ein neues Passwort. Deine anderen Geräte werden abgemeldet und behalten, was sie haben.',
    code: 'Wiederherstellungs\u00ADcode',
    codeHint: 'Groß oder klein und Striche spielen keine Rolle.',
    submit: 'Passwort setzen und anmelden',
  },

  adopt: {
    title: (n) =>
      n === 1
        ? 'Den Check-in auf diesem Telefon hinzufügen?'
        : `Die ${n} Check-ins auf diesem Telefon hinzufügen?`,
    text: (name) => `Hier ohne Konto geschrieben. Du meldest dich als ${name} an.`,
    add: () => 'Hinzufügen',
    fresh: () => 'Hier löschen',
    freshMeans: 'Gelöschtes ist endgültig weg.',
    stay: 'Nicht anmelden',
  },

  otherOwner: {
    title: (name) => `Dieses Telefon nutzt schon ${name}`,
    unsent: (n) =>
      `${changes(n)} davon ${n === 1 ? 'ist' : 'sind'} nie beim Server angekommen. Beim Löschen geht das endgültig verloren.`,
    safe: 'Alles davon ist auf dem Server; beim Löschen hier geht nichts verloren.',
    text: 'Nichts davon wurde für dich gesendet, und nichts von dir ist damit vermischt.',
    erase: 'Löschen, was hier ist, und anmelden',
    keep: 'So lassen, wie es ist',
  },

  signOut: {
    button: 'Abmelden',
    title: 'Auf diesem Telefon abmelden?',
    text: 'Was Leeward auf diesem Telefon aufbewahrt, wird gelöscht. Auf dem Server bleibt es und kommt wieder, wenn du dich anmeldest.',
    unsent: (n) =>
      `${changes(n)} ${n === 1 ? 'ist' : 'sind'} noch nicht beim Server. Wenn du dich jetzt abmeldest, geht das endgültig verloren.`,
    anyway: 'Trotzdem abmelden',
    stay: 'Jetzt nicht',
    done: 'Du bist abgemeldet. Dieses Telefon ist leer.',
  },

  account: {
    title: 'Konto',
    nameIs: 'Du meldest dich an als',
    nobodySees: 'Kein anderes Mitglied sieht diesen Namen.',
    since: (date) => `Seit ${date}`,
  },

  changePassword: {
    title: 'Passwort ändern',
    lead: 'Deine anderen Geräte werden abgemeldet und behalten, was sie haben.',
    submit: 'Passwort ändern',
    done: 'Dein Passwort ist geändert.',
  },

  devices: {
    title: 'Geräte',
    lead: 'Hier bist du angemeldet.',
    this: 'Dieses Gerät',
    unnamed: 'Ein Gerät',
    lastHere: (when) => `Zuletzt hier: ${when}`,
    hereNow: 'Gerade hier',
    today: (time) => `heute, etwa ${time}`,
    yesterday: 'gestern',
    onDate: (date) => `am ${date}`,
    end: 'Abmelden',
    endLabel: (device) => `${device} abmelden`,
    confirm: {
      title: (device) => `${device} abmelden?`,
      text: 'Es ist sofort abgemeldet. Was Leeward dort aufbewahrt, wird gelöscht, sobald es wieder online ist.',
      end: 'Abmelden',
      keep: 'Angemeldet lassen',
    },
    ended: (device) => `${device} ist abgemeldet.`,
    loading: 'Der Server wird gefragt …',
    needsNetwork:
      'Die Liste deiner Geräte liegt auf dem Server, und er hat nicht geantwortet. Versuch es wieder, wenn du online bist.',
  },

  deletion: {
    title: 'Mein Konto löschen',
    lead: 'Sofort und endgültig.',
    items: [
      'Dein Konto, deine Check-ins, Notizen und Einstellungen werden vom Server gelöscht.',
      'Dieses Telefon wird jetzt geleert, deine anderen Geräte, sobald sie wieder online sind.',
      'Das lässt sich hier nicht rückgängig machen. Kopien in den Sicherungen des Betreibers gehen, sobald diese ersetzt werden.',
    ],
    type: (name) => `Tippe deinen Namen (${name}), um weiterzugehen`,
    submit: 'Mein Konto löschen',
    different: 'So heißt dieses Konto nicht.',
    done: 'Dein Konto ist gelöscht, und dieses Telefon ist leer.',
  },
}
