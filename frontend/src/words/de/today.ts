import type { Words } from '../en'
import type { PartOfDay } from '../en/today'

const weekdays = ['Sonntag', 'Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag', 'Samstag']

const moments: Record<PartOfDay, (weekday: string) => string> = {
  'small-hours': (weekday) => `Tief in der Nacht auf ${weekday}`,
  morning: (weekday) => `${weekday}morgen`,
  afternoon: (weekday) => `${weekday}nachmittag`,
  evening: (weekday) => `${weekday}abend`,
  night: (weekday) => `${weekday}nacht`,
}

export const today: Words['today'] = {
  title: 'Heute',
  question: 'Wie ist das Wetter in dir?',
  moment: (weekday, part) => moments[part](weekdays[weekday] ?? ''),
  oneTap: (moment) => `${moment}. Einmal tippen genügt.`,
  welcome: 'Tippe an, was am nächsten kommt. Es wird mit niemandem geteilt, es sei denn, du willst es.',
  saved: (weather) => `${weather}. Gespeichert.`,
  savedOnPhone: 'Es ist auf diesem Telefon.',
  savedGoesOn: 'Es ist auf diesem Telefon und wird gesendet, sobald du online bist.',
  keptAsWell: (weather) => `„${weather}“ bleibt erhalten.`,
  insteadOf: (weather) => `Statt ${weather}`,
  takenAway: (weather) => `„${weather}“ ist weggenommen.`,
  undone: 'Zurückgenommen.',
  changedBack: (weather) => `Wieder ${weather}.`,
  notSaved: (weather) => `${weather}. Noch nicht gespeichert.`,
  draftBack: (weather) => `${weather}. Deine Worte sind wieder da.`,
  draftKept: 'Du warst gerade beim Schreiben. Es ist alles hier.',
  wordsKept: 'Deine Worte sind noch da. Sie gehen mit dem nächsten Tippen mit.',
  whoSees: 'Wer das sieht',
  onlyYou: 'Nur du',
  onlyYouMeans: 'Nichts wird geteilt.',
  noMember: 'Kein anderes Mitglied',
  noMemberMeans: 'Nichts wird geteilt. Wer diesen Server betreibt, könnte es dort lesen.',
  earlier: 'Heute bisher',
  emptyToday: 'Heute ist nichts notiert, und das ist in Ordnung.',
  done: 'Fertig',
}
