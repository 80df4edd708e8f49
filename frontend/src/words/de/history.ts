import type { Words } from '../en'
import { plurals } from '../grammar'

const count = plurals('de')

export const history: Words['history'] = {
  title: 'Verlauf',
  showedUp: (days, bright) =>
    bright === 0
      ? `An ${count(days, 'Tag', 'Tagen')} warst du da.`
      : days === bright
        ? `An ${count(days, 'Tag', 'Tagen')} warst du da, ${days === 1 ? 'er war' : 'alle waren'} heiter oder klar.`
        : `An ${count(days, 'Tag', 'Tagen')} warst du da. ${bright} davon ${bright === 1 ? 'war' : 'waren'} heiter oder klar.`,
  nothingThisMonth: 'In diesem Monat ist nichts notiert.',
  empty: {
    title: 'Hier sammeln sich deine Tage',
    text: 'Jeder Tag, an dem du eincheckst, wird ein kleines Wetterzeichen im Kalender. Es eilt nicht, und du musst nichts durchhalten.',
    toToday: 'Zu Heute',
  },
  day: (day) => day,
  dayWith: (day, weather, moments) =>
    `${day}: ${weather}, ${moments === 1 ? '1 Check-in' : `${moments} Check-ins`}`,
  dayWithout: (day) => `${day}: nichts notiert`,
  earlier: 'Frühere Monate',
  jump: 'Monat wählen',
  earlierYear: 'Ein Jahr früher',
  laterYear: 'Ein Jahr später',
  monthWith: (month, n) => `${month}, ${count(n, 'Check-in', 'Check-ins')}`,
  monthWithout: (month) => `${month}, nichts notiert`,
  around: 'Was drumherum war',
  aroundEmpty: 'Wenn du notierst, was um einen Moment herum ist, steht es hier mit seinem Wetter.',
  aroundWord: (days, weather) =>
    weather === null
      ? `${count(days, 'Tag', 'Tage')}, Wetter aller Art`
      : `${count(days, 'Tag', 'Tage')}, ${days === 1 ? '' : 'meist '}${weather}`,
  aroundHonest: 'Was am selben Tag war, muss nicht die Ursache sein.',
  dayView: {
    back: 'Verlauf',
    empty: 'An diesem Tag ist nichts notiert.',
    addMoment: 'Wie war das Wetter in dir?',
    addHere: 'Diesem Tag einen Moment hinzufügen',
    notYet: 'Dieser Tag kommt erst noch.',
    earlierDay: 'Der Tag davor',
    laterDay: 'Der Tag danach',
    edit: 'Bearbeiten',
    noSuchDay: 'Diesen Tag gibt es nicht. Wähle einen im Kalender.',
    choose: 'Wähle einen Tag, um seine Momente zu sehen.',
  },
  find: {
    title: 'Suche',
    open: 'Suchen und filtern',
    label: 'Wörter in deinen Notizen',
    lead: 'Gesucht wird nur auf diesem Telefon.',
    filter: 'Gefühle und was drumherum war',
    clear: 'Alles zurücksetzen',
    start: 'Tippe ein Wort oder wähle ein Gefühl.',
    none: 'Nichts gefunden. Versuch es mit weniger Wörtern oder einer anderen Schreibweise.',
    found: (n) => `${count(n, 'Check-in', 'Check-ins')} gefunden`,
    foundAtLeast: (n) => `Die neuesten ${n}`,
    searching: 'Suche läuft …',
    more: 'Mehr zeigen',
  },
}
