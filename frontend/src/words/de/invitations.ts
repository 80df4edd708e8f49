import type { Words } from '../en'
import { plurals } from '../grammar'

const count = plurals('de')

export const invitations: Words['invitations'] = {
  title: 'Jemanden einladen, den du kennst',
  lead: 'Jede Einladung ist für einen Menschen, gilt einmal und sieben Tage lang.',
  callMe: 'Wie du dort heißen möchtest',
  make: 'Einladung machen',
  making: 'Einen Moment …',
  another: 'Noch jemanden einladen',
  ready: 'Die Einladung ist fertig.',
  open: 'Offene Einladungen',
  made: (when) => `Vom ${when}`,
  works: (until) => `Gilt einmal, bis ${until}.`,
  calls: (name) => `Du heißt dort ${name}.`,
  share: 'Link teilen',
  copy: 'Link kopieren',
  copied: 'Kopiert. Schick ihn diesem einen Menschen und sonst niemandem.',
  byHand: 'Dieser Browser lässt Leeward nicht kopieren. Markiere den Link und kopiere ihn selbst.',
  link: 'Link',
  qr: 'QR-Code',
  qrLabel: 'QR-Code des Links, für die Kamera des anderen Telefons',
  shareText: (until) =>
    `Magst du mein Buddy auf Leeward sein? Dieser Link ist nur für dich. Er gilt einmal, bis ${until}.`,
  elsewhere:
    'Sie wurde auf einem anderen Gerät gemacht, und nur dort lässt sich ihr Link zeigen. Hier kannst du einen Code zum Vorlesen machen oder sie zurückziehen.',
  code: {
    make: 'Lieber einen Code sagen',
    again: 'Neuen Code machen',
    made: (code) => `Der Code ist ${code}.`,
    left: (minutes) => `Er gilt einmal, noch ${count(minutes, 'Minute', 'Minuten')}.`,
    where: 'Die andere Person tippt ihn in Leeward unter „Buddys“ ein.',
    over: 'Der Code ist abgelaufen. Der Link gilt weiter.',
    tooMany: (minutes) =>
      `Das wurde oft hintereinander versucht. Warte ${count(minutes, 'Minute', 'Minuten')} und versuch es dann wieder. Ein Link geht auch jetzt.`,
  },
  withdraw: {
    button: 'Zurückziehen',
    title: 'Diese Einladung zurückziehen?',
    text: 'Ihr Link und ihr Code öffnen dann nichts mehr. Niemand erfährt davon.',
    keep: 'Behalten',
    done: 'Die Einladung ist zurückgezogen.',
  },
  saidYes: (name) => `${name} hat Ja gesagt`,
  look: (name) => `Zu ${name}`,
  offline:
    'Zum Einladen braucht es das Netz, und der Server ist gerade nicht zu erreichen. Was auf diesem Telefon gemacht wurde, steht hier und gilt weiter.',
  refused: 'Der Server hat nicht gesagt, welche Einladungen offen sind. Versuch es etwas später noch einmal.',
  unreachable:
    'Der Server hat nicht geantwortet. Dafür braucht es das Netz: Versuch es, wenn du online bist.',

  full: 'Du hast acht Buddys. Für mehr da zu sein wäre zu viel, darum kann gerade niemand sonst Ja sagen.',

  anInvitation: 'Eine Einladung',
  from: (name) => `${name} lädt dich ein`,
  invitedTo: 'Ihr wärt dann Buddys auf Leeward. Lass dir Zeit; das heißt es:',
  looking: 'Einen Moment …',
  needsNetwork:
    'Um zu sehen, wer dich einlädt, braucht Leeward das Netz, und der Server ist gerade nicht zu erreichen.',
  kept: 'Die Einladung bleibt auf diesem Telefon. Du findest sie unter „Buddys“ wieder.',
  toBuddies: 'Zu deinen Buddys',
  otherCode: 'Ich habe einen anderen Code oder Link',
  accept: 'Ja, Buddys sein',
  accepting: 'Einen Moment …',
  notNow: 'Jetzt nicht',
  notNowMeans: 'Sie bleibt auf diesem Telefon unter „Buddys“, bis du antwortest. Niemand erfährt davon.',
  putAway: 'Diese Einladung vergessen',
  putAwayMeans: 'Um sie wieder zu öffnen, brauchst du den Link oder einen Code.',
  wayIn: {
    title: 'Du bist neu hier',
    text: 'Leeward ist eine kleine App, um mit der Hilfe eines Gleichgesinnten auf dich zu achten. Schau dir an, was sie ist; die Einladung wartet auf dich.',
    go: 'Weiter',
    ios: 'Wenn du sie zuerst installierst: Der Home-Bildschirm weiß nichts von dieser Einladung. Kopiere den Link aus deinen Nachrichten und füge ihn dort unter „Buddys“ ein. Oder leg hier ein Konto an, sag Ja und melde dich dort an: Dein Buddy kommt mit.',
  },
  type: {
    title: 'Eine Einladung öffnen',
    lead: 'Jemand, den du kennst, hat eine für dich.',
    label: 'Code oder Link',
    hint: 'Neun Ziffern, die man dir sagt, oder der Link, den man dir geschickt hat.',
    needed: 'Ein Code hat neun Ziffern. In einem Link steht ein # und dahinter ein langes Wort.',
    open: 'Öffnen',
  },

  over: {
    'invitation-used': {
      title: 'Diese Einladung wurde benutzt',
      text: 'Jede gilt einmal. Wenn du das warst, findet ihr einander unter „Buddys“. Sonst bitte um eine neue.',
    },
    'invitation-expired': {
      title: 'Diese Einladung ist abgelaufen',
      text: 'Jede gilt sieben Tage. Bitte um eine neue.',
    },
    'invitation-withdrawn': {
      title: 'Diese Einladung ist nicht offen',
      text: 'Sie wurde zurückgezogen, oder der Link ist nicht vollständig. Schau dir den Link noch einmal an oder bitte um eine neue.',
    },
    'invitation-own': {
      title: 'Das ist deine eigene Einladung',
      text: 'Sie ist für den Menschen, den du als Buddy möchtest. Schick sie dorthin und lass sie dort öffnen.',
    },
    'code-opens-nothing': {
      title: 'Dieser Code öffnet nichts',
      text: 'Er gilt einmal und eine Viertelstunde lang: Schau dir die Ziffern an oder bitte um einen neuen.',
    },
    'already-buddies': {
      title: 'Ihr seid schon Buddys',
      text: 'Ihr findet einander unter „Buddys“.',
    },
  },
  problems: {
    'name-invalid': 'Ein Name hat 1 bis 40 Zeichen. Manche Emojis, wie 🏳️‍🌈, gehen hier nicht.',
    'too-many-buddies':
      'Einer von euch hat schon acht Buddys, und mehr wären zu viele. Die Einladung bleibt offen, bis sie abläuft, falls sich das ändert.',
    'too-many-invitations': 'Zehn Einladungen sind schon offen. Zieh erst eine davon zurück.',
    'no-such-invitation': 'Diese Einladung ist nicht mehr offen.',
  },
}
