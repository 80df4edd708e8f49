import type { Words } from '../en'
import { plurals } from '../grammar'

const count = plurals('de')

export const sync: Words['sync'] = {
  title: 'Auf diesem Telefon',
  state: {
    'no-account': 'Alles ist auf diesem Telefon, und nur hier.',
    'no-accountMeans':
      'Ohne Konto wird nichts gesendet. Lege eines an, um eine Kopie auf dem Server und andere Geräte zu haben.',
    'up-to-date': 'Auf dem Stand: Der Server hat alles.',
    'all-but-these': 'Der Server hat alles außer dem, was hier einen Blick braucht.',
    waiting: (n) =>
      `${count(n, 'Änderung wartet', 'Änderungen warten')} auf das Senden. ${n === 1 ? 'Sie ist' : 'Sie sind'} sicher auf diesem Telefon.`,
    sending: (n) => `${count(n, 'Änderung wird', 'Änderungen werden')} gesendet …`,
    offline:
      'Du bist offline. Was du schreibst, ist sicher auf diesem Telefon und wird gesendet, wenn du online bist.',
    failed:
      'Das ist noch nicht beim Server. Es ist sicher auf diesem Telefon und wird von selbst wieder versucht.',
    'signed-out':
      'Du wurdest abgemeldet, auf einem anderen Gerät oder weil es lange her ist. Alles ist sicher auf diesem Telefon und wartet, bis du dich anmeldest.',
    'another-account':
      'In diesem Browser ist ein anderes Konto angemeldet. Was hier liegt, gehört dem ersten und wird nicht für das andere gesendet.',
  },
  last: (when) => `Zuletzt beim Server: ${when}.`,
  never: 'Noch nicht beim Server gewesen.',
  tryNow: 'Jetzt versuchen',
  signIn: 'Anmelden',
  signUp: 'Konto anlegen',
  waitingTitle: 'Wartet auf das Senden',
  changes: {
    'check_ins.record': (weather) => `Check-in: ${weather}`,
    'check_ins.edit': 'Ein Check-in, geändert',
    'check_ins.delete': 'Ein Check-in, gelöscht',
    'preferences.set': 'Eine Einstellung',
    'reminders.set': 'Eine Erinnerung',
    'reminders.delete': 'Eine Erinnerung, gelöscht',
    'reminding.set': 'Eine Einstellung deiner Erinnerungen',
    'asks.answer': 'Deine Antwort an einen Buddy',
    'step_back.set': 'Dein Zurücktreten',
    'step_back.end': 'Dass du wieder da bist',
    'pairs.rename': 'Dein Name bei einem Buddy',
    'messages.send': 'Eine Nachricht an einen Buddy',
    'messages.delete': 'Eine Nachricht, gelöscht',
    'messages.mark': 'Dass Worte eines Buddys angekommen sind',
    'signals.send': 'Ein Zeichen an einen Buddy',
    'pair_choices.set': 'Eine Einstellung für einen Buddy',
    'pairs.end': 'Das Ende mit einem Buddy',
    'pairs.block': 'Eine Blockierung',
    'agreements.propose': 'Eine Abmachung, die du vorschlägst',
    'agreements.narrow': 'Weniger teilen',
    'agreements.accept': 'Dein Ja zu einer Abmachung',
    'agreements.decline': 'Ein Vorschlag, vom Tisch genommen',
    'shared_check_ins.share': 'Ein Check-in, geteilt',
    'shared_check_ins.take_back': 'Ein Check-in, nicht mehr geteilt',
    'reports.send': 'Eine Meldung',
    'missed_check_ins.set': 'Was geschieht, wenn du nicht eincheckst',
    other: 'Eine Änderung',
  },
  savedAt: (when) => `gespeichert ${when}`,
  andMore: (n) => `und ${n} weitere`,
  needsLook: {
    title: 'Braucht einen Blick',
    lead: 'Das hat der Server nicht angenommen. Es bleibt hier, bis du entscheidest.',
    note: 'Deine Worte',
    change: 'Ändern und noch einmal senden',
    again: 'Noch einmal senden',
    copy: 'Worte kopieren',
    copied: 'Kopiert.',
    discard: 'Verwerfen',
    whenHappened: 'Wann war es?',
    send: 'Noch einmal senden',
    sent: 'Es ist gespeichert und geht wieder auf den Weg.',
    confirm: {
      title: 'Das verwerfen?',
      text: 'Es wird endgültig von diesem Telefon gelöscht. Auf dem Server war es nie.',
      discard: 'Verwerfen',
      keep: 'Behalten',
    },
    discarded: 'Verworfen.',
  },
  reasons: {
    'mood-out-of-range': 'Das Wetter darin ist keines der fünf.',
    'energy-out-of-range': 'Die Energie darin ist keine der drei Stufen.',
    'note-too-long': 'Die Notiz ist länger, als hineinpasst (4.000 Zeichen).',
    'too-many-words': 'Es sind mehr Wörter, als hineinpassen (30 Gefühle, 30 Dinge drumherum).',
    'word-too-long': 'Eines deiner eigenen Wörter ist länger, als hineinpasst (64 Zeichen).',
    'in-the-future': 'Seine Zeit kommt erst noch, nach der Uhr dieses Telefons beim Senden.',
    'too-long-ago': 'Seine Zeit liegt vor 1900.',
    'unknown-zone': 'Der Server kennt die Zeitzone nicht, in der es entstand.',
    'label-too-long': 'Der Name ist länger, als hineinpasst (60 Zeichen).',
    'too-many-reminders': 'Es gibt schon 50 Erinnerungen. Lösche eine und sende dies dann noch einmal.',
    'other-proposal':
      'Dein Buddy hatte einen Moment vorher etwas vorgeschlagen. Sieh in eure Abmachung: Deins ist dort aufgehoben.',
    'proposal-gone': 'Der Vorschlag war schon geändert oder zurückgenommen. Sieh in eure Abmachung.',
    'own-proposal': 'Es ist dein eigener Vorschlag: Ja sagt der andere dazu.',
    'text-too-long': 'Ein Text darin ist länger, als hineinpasst.',
    'too-many-reports': 'Du hast an einem Tag zehn Meldungen gesendet. Sende diese morgen.',
    'no-agreement': 'Ihr habt noch nichts miteinander abgemacht.',
    'name-invalid': 'Ein Name hat 1 bis 40 Zeichen. Manche Emojis, wie 🏳️‍🌈, gehen hier nicht.',
    gone: 'Der Check-in, zu dem es gehört, ist nicht auf dem Server: Er wurde gelöscht oder braucht selbst einen Blick.',
    invalid: 'Der Server konnte es nicht lesen.',
    'too-large': 'Es ist größer, als der Server annimmt.',
    'unknown-mutation':
      'Der Server ist älter als diese App und kennt das noch nicht. Es wird von selbst wieder gesendet, wenn der Server erneuert ist.',
    'too-many-nudges': '„Ich denk an dich“ geht dreimal am Tag an einen Buddy. Morgen geht es wieder.',
    'too-fast':
      'Das waren mehr als hundert in zehn Minuten, an einen Buddy. Nach einer Weile geht es wieder.',
    'server-fault': 'Auf dem Server ging etwas schief, dreimal. Wer ihn betreibt, kann es sehen.',
    'not-yours':
      'Es gehört zu etwas, das nicht mehr deins ist: Ihr habt euch zum Beispiel getrennt. Nach sieben Tagen verschwindet es von hier.',
  },
  reasonOther: (code) => `Der Server nannte einen Grund, den diese App nicht kennt (${code}).`,
  storage: {
    blocked: {
      title: 'Ein anderer Tab hält Leeward auf',
      text: 'In einem anderen Tab oder Fenster ist ein älteres Leeward offen. Schließe es, dann geht es hier weiter.',
    },
    outdated: {
      title: 'Leeward wurde in einem anderen Tab erneuert',
      text: 'Dieser Tab ist der alte. Lade ihn neu: Nichts Gespeichertes geht verloren.',
    },
    unavailable: {
      title: 'Der Browser behält hier nichts',
      text: 'Verlasse den privaten Modus oder erlaube dieser Seite, Daten zu speichern, und lade neu. Bis dahin lässt sich nichts speichern. „Hilfe jetzt“ geht trotzdem.',
    },
    reload: 'Neu laden',
  },
  update: { ready: 'Eine neue Version ist bereit.', reload: 'Neu laden', later: 'Später' },
}
