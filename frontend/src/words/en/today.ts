export type PartOfDay = 'small-hours' | 'morning' | 'afternoon' | 'evening' | 'night'

/** Beginning with Sunday. Written out: the browser has them too, but is a while over the first of them on a slow phone. */
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

const moments: Record<PartOfDay, (weekday: string) => string> = {
  'small-hours': (weekday) => `The small hours of ${weekday}`,
  morning: (weekday) => `${weekday} morning`,
  afternoon: (weekday) => `${weekday} afternoon`,
  evening: (weekday) => `${weekday} evening`,
  night: (weekday) => `${weekday} night`,
}

export const today = {
  title: 'Today',
  question: 'How’s the weather in you?',
  /** `weekday` is 0 for Sunday … 6. */
  moment: (weekday: number, part: PartOfDay) => moments[part](weekdays[weekday] ?? ''),
  oneTap: (moment: string) => `${moment}. One tap is enough.`,
  /** The very first time, before anything is here. */
  welcome: 'Tap what comes closest. It is shared with nobody unless you want that.',
  saved: (weather: string) => `${weather}. Saved.`,
  savedOnPhone: 'It is on this phone.',
  savedGoesOn: 'It is on this phone and is sent when you are online.',
  /** Of the moment before, after a tap that came while it could still be taken back. */
  keptAsWell: (weather: string) => `${weather} is kept as well.`,
  insteadOf: (weather: string) => `Instead of ${weather}`,
  takenAway: (weather: string) => `${weather} is taken away.`,
  undone: 'Taken back.',
  changedBack: (weather: string) => `Back to ${weather.toLowerCase()}.`,
  notSaved: (weather: string) => `${weather}. Not saved yet.`,
  draftBack: (weather: string) => `${weather}. Your words are back.`,
  draftKept: 'You were in the middle of writing. It is all here.',
  wordsKept: 'Your words are kept. They go with your next tap.',
  whoSees: 'Who sees this',
  onlyYou: 'Only you',
  onlyYouMeans: 'Nothing is shared.',
  noMember: 'No other member',
  noMemberMeans: 'Nothing is shared. Whoever runs this server could read it there.',
  earlier: 'Today so far',
  emptyToday: 'Nothing noted today, and that is fine.',
  done: 'Done',
}
