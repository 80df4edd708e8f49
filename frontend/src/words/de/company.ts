import type { Words } from '../en'
import { plurals } from '../grammar'

const count = plurals('de')
const minutes = (number: number): string => count(number, 'Minute', 'Minuten')

export const company: Words['company'] = {
  reachOut: 'Um Gesellschaft bitten',
  going: 'Du hast um Gesellschaft gebeten',
  look: 'Wie es steht',

  form: {
    title: 'Um Gesellschaft bitten',
    lead: 'Bitte einen Buddy um Gesellschaft. Sie werden nacheinander gefragt, bis jemand kann.',
    want: 'Was täte dir gut?',
    wants: { sit: 'Sei bei mir', listen: 'Hör mir zu', distract: 'Lenk mich ab' },
    whom: 'Wer gefragt wird, in dieser Reihenfolge',
    earlier: (name) => `${name} früher`,
    each: 'Wie lange bei jeder Person',
    minutes,
    nobody: 'Wähle mindestens einen Buddy.',
    ask: (name) => `${name} fragen`,
    askFirst: (name) => `${name} zuerst fragen`,
    fewWords: 'Sie sehen, was dir guttäte, und sonst nichts von dir. Niemand erfährt, wer noch gefragt wird.',
  },

  none: {
    title: 'Noch niemand zum Fragen',
    text: 'Dafür brauchst du einen Buddy, mit dem du eine Abmachung hast.',
    toBuddies: 'Zu den Buddys',
  },

  standing: {
    unsent: {
      title: 'Das hat noch niemanden erreicht',
      fresh:
        'Es wird gesendet. Ist gerade kein Netz da, geht es in den nächsten zehn Minuten von selbst raus. Bis dahin weiß niemand davon.',
      old: 'Es ging nicht in zehn Minuten raus und geht jetzt nicht mehr von selbst. Möchtest du es noch?',
    },
    refused: {
      title: 'Das hat niemanden erreicht',
      'too-many-reach-outs':
        'Du hast heute schon oft um Gesellschaft gebeten, und jetzt wird kein Buddy mehr gefragt. Es ist gut, dass du Gesellschaft suchst. Eine Hilfsnummer ist jederzeit da.',
      'signed-out': 'Du bist auf diesem Telefon abgemeldet. Melde dich an, dann frag noch einmal.',
      'reach-out-too-old': 'Es war zu lange unterwegs. Möchtest du es noch?',
      otherwise: 'Der Server hat es nicht angenommen. Du kannst es noch einmal versuchen.',
    },
    asking: {
      title: 'Noch keine Antwort',
      text: 'Sie werden von selbst nacheinander gefragt, auch wenn du das Telefon weglegst.',
    },
    found: {
      title: (name) => `${name} kann`,
      text: (name) => `${name} ist für dich da. Schreib oder ruf an.`,
    },
    later: { title: 'Heute später', text: 'Jetzt gerade kann niemand, und später jemand.' },
    nobody: { title: 'Noch keine Antwort', text: 'Alle wurden gefragt. Eine Antwort kann noch kommen.' },
    unreachable: { title: 'Gerade ist niemand erreichbar', text: 'Das sagt nichts über dich.' },
    lines: {
      next: (name) => `Danach ${name}`,
      unreachable: (name) => `${name} ist gerade nicht erreichbar.`,
      asked: (name, ago) =>
        ago === 0
          ? `${name} wurde gerade gefragt. Noch keine Antwort.`
          : `${name} wurde vor ${count(ago, 'Minute', 'Minuten')} gefragt. Noch keine Antwort.`,
      passed: (name) => `${name} wurde gefragt. Noch keine Antwort.`,
      can: (name) => `${name} kann.`,
      later: (name) => `${name} kann heute später.`,
      cant: (name) => `${name} kann heute nicht.`,
    },
    list: 'Wie es steht',
    goTo: (name) => `Zu ${name}`,
    again: 'Noch einmal fragen',
    takeBack: 'Ich brauche es nicht mehr',
    done: 'Das ist alles für jetzt',
  },

  beside: {
    title: 'Bis dahin',
    not: 'Ein Buddy ist kein Notdienst. Wenn du in Gefahr bist, ruf jetzt einen an.',
    help: 'Hilfsnummern und Notruf',
    senses: {
      title: 'Zurück in den Raum',
      text: 'Schau dich um. Nenne fünf Dinge, die du siehst, vier, die du anfassen kannst, drei, die du hörst, zwei, die du riechst, und eins, das gerade gut ist.',
    },
  },

  breathing: {
    title: 'Langsam atmen',
    how: 'Vier lang ein, sechs lang aus. So lange es guttut.',
    start: 'Anfangen',
    stop: 'Aufhören',
    in: 'Einatmen',
    out: 'Ausatmen',
  },

  ask: {
    title: 'Jemand fragt nach dir',
    wants: {
      sit: (name) => `${name} hätte gern, dass du da bist.`,
      listen: (name) => `${name} hätte gern, dass jemand zuhört.`,
      distract: (name) => `${name} würde gern abgelenkt.`,
    },
    passed: 'Das ist eine Weile her. Du kannst noch antworten.',
    free: 'Jede Antwort ist in Ordnung.',
    answers: { can: 'Ich kann', cant: 'Heute nicht', later: 'Heute später' },
    said: {
      can: (name) => `Du hast gesagt, du kannst. ${name} weiß es.`,
      canWaits: (name) => `Du hast gesagt, du kannst. ${name} erfährt es, sobald es gesendet ist.`,
      cant: 'Du hast gesagt, heute nicht. Das ist in Ordnung.',
      later: 'Du hast gesagt, heute später.',
    },
    goTo: (name) => `Zu ${name}`,
    canNow: 'Jetzt kann ich',
    ended: (name) => `${name} braucht es nicht mehr. Danke dir.`,
  },

  stepBack: {
    title: 'Eine Zeit lang zurücktreten',
    text: 'Nichts von deinen Buddys kommt auf deinen Sperrbildschirm, und niemand bittet dich um Gesellschaft. Sie erfahren nicht, dass du zurückgetreten bist; wer dich um Gesellschaft bittet, liest nur, dass du gerade nicht erreichbar bist. Nachrichten warten hier auf dich.',
    open: 'Eine Zeit lang zurücktreten',
    until: 'Bis wann?',
    choices: { morning: 'Bis morgen früh', days: 'Drei Tage', week: 'Eine Woche', open: 'Bis ich es sage' },
    button: 'Zurücktreten',
    holds: (until) => `Du bist zurückgetreten bis ${until}.`,
    holdsOpen: 'Du bist zurückgetreten, bis du es sagst.',
    end: 'Ich bin wieder da',
    ended: 'Du bist wieder da.',
  },
}
