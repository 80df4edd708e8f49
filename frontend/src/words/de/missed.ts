import { plurals } from '../grammar'
import type { Words } from '../en'

const count = plurals('de')

export const missed: Words['missed'] = {
  title: 'Wenn ich nicht einchecke',
  lead: (name) =>
    `Wenn du willst, wird ${name} gebeten, sich bei dir zu melden. Wie es dir geht, wird nicht gesagt.`,
  isOff: 'Aus. Niemand erfährt etwas.',
  isOn: (name, after) => `An: ${name} erfährt es nach ${after} ohne Check-in.`,
  howLong: 'Nach wie langer Zeit?',
  after: (days) => (days === 7 ? 'einer Woche' : count(days, 'Tag', 'Tagen')),
  choice: (after) => `Nach ${after}`,
  words: (name) => `Was ${name} dann liest`,
  wordsHint: (name) => `${name} bekommt diese Worte, und sie können dort auf dem Sperrbildschirm stehen.`,
  suggestion: (me) => `Melde dich mal bei ${me}.`,
  noWords: 'Schreib ein paar Worte.',
  tooLong: (most) => `Das ist länger, als hineinpasst (${most} Zeichen).`,
  means: (name) => [
    `Es wird einmal gesagt, bis du wieder eincheckst. Keine Stimmung geht mit, und du musst mit ${name} keinen Check-in teilen.`,
    'Solange deine Erinnerungen pausieren, erfährt niemand etwas. Die Zeit zählt ab dem Ende der Pause.',
    `Der Server weiß nur, was bei ihm ankam: Bist du so lange ohne Netz, erfährt es ${name} auch.`,
    `${name} schläft vielleicht oder ist nicht da. Das ist kein Alarm, und niemand muss kommen.`,
    `Sind deine Worte dort weg, behält der Server sie noch 14 Tage, getrennt, damit ${name} sie melden könnte.`,
  ],
  turnOn: 'Einschalten',
  turnOff: 'Ausschalten',
  saved: 'Gespeichert.',
  turnedOff: 'Es ist aus. Was dort stand, ist vom anderen Telefon weg, sobald es wieder Kontakt hat.',
  standing: (name, when) => `${name} hat deine Worte seit ${when}.`,
  needsAgreement: (name) =>
    `Erst macht ihr, du und ${name}, etwas miteinander ab. Dann kannst du das einschalten.`,
  toAgreement: 'Zur Abmachung',

  hello: {
    title: (name) => `Melde dich bei ${name}`,
    wrote: (name) => `Das hat ${name} für dich geschrieben`,
    since: (when) => `Seit ${when}`,
    means: (name) =>
      `${name} hat so lange nicht eingecheckt, wie selbst gewählt. Das kann viele Gründe haben und sagt nichts darüber, wie es geht.`,
    done: 'Ich habe mich gemeldet',
    cant: 'Heute kann ich nicht',
    help: 'Hilfsnummern',
  },
  review: {
    title: 'Zeit, eure Abmachung noch einmal anzusehen',
    text: (name, day) => `Du und ${name}, ihr wolltet sie euch noch einmal ansehen: ${day}. Passt sie noch?`,
    look: 'Noch einmal ansehen',
    fine: 'Passt, weg damit',
  },
}
