import { plurals } from '../grammar'

const count = plurals('en')

export const history = {
  title: 'History',
  /** Under the month: what was, in one sentence. Days only; never a streak, never what is missing. */
  showedUp: (days: number, bright: number) =>
    bright === 0
      ? `You showed up on ${count(days, 'day', 'days')}.`
      : days === bright
        ? `You showed up on ${count(days, 'day', 'days')}. All of ${days === 1 ? 'it' : 'them'} fair or clear.`
        : `You showed up on ${count(days, 'day', 'days')}. Fair or clear on ${bright} of them.`,
  nothingThisMonth: 'Nothing noted this month.',
  empty: {
    title: 'Your days will gather here',
    text: 'Each day you check in becomes a small weather sign in the calendar. There is no hurry and nothing to keep up.',
    toToday: 'Go to Today',
  },
  day: (day: string) => day,
  dayWith: (day: string, weather: string, moments: number) =>
    moments === 1
      ? `${day}: ${weather.toLowerCase()}, 1 check-in`
      : `${day}: ${weather.toLowerCase()}, ${moments} check-ins`,
  dayWithout: (day: string) => `${day}: nothing noted`,
  earlier: 'Earlier months',
  jump: 'Jump to a month',
  earlierYear: 'A year earlier',
  laterYear: 'A year later',
  monthWith: (month: string, n: number) => `${month}, ${count(n, 'check-in', 'check-ins')}`,
  monthWithout: (month: string) => `${month}, nothing noted`,
  around: 'What was around it',
  aroundEmpty: 'When you note what is around a moment, it shows here with its weather.',
  aroundWord: (days: number, weather: string | null) =>
    weather === null
      ? `${count(days, 'day', 'days')}, all kinds of weather`
      : `${count(days, 'day', 'days')}, ${days === 1 ? '' : 'mostly '}${weather.toLowerCase()}`,
  aroundHonest: 'Two things on the same day need not cause each other.',
  dayView: {
    back: 'History',
    empty: 'Nothing noted on this day.',
    addMoment: 'How was the weather in you?',
    addHere: 'Add a moment to this day',
    notYet: 'This day is still to come.',
    earlierDay: 'The day before',
    laterDay: 'The day after',
    edit: 'Edit',
    noSuchDay: 'There is no such day. Choose one in the calendar.',
    choose: 'Choose a day to see its moments.',
  },
  find: {
    title: 'Search',
    open: 'Search and filter',
    label: 'Words in your notes',
    lead: 'It searches on this phone only.',
    filter: 'Feelings and what was around',
    clear: 'Clear all',
    start: 'Type a word, or choose a feeling.',
    none: 'Nothing found. Try fewer words, or another spelling.',
    found: (n: number) => `${count(n, 'check-in', 'check-ins')} found`,
    foundAtLeast: (n: number) => `The newest ${n}`,
    searching: 'Searching…',
    more: 'Show more',
  },
}
