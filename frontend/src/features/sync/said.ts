/** Changes and refusals, put into words. */

import type { Words } from '../../words'

type SyncWords = Words['sync']

/** What a change was: "Check-in: rainy". `args` as it waits in the outbox. */
export function sayChange(name: string, args: unknown, words: Words): string {
  const say = words.sync.changes
  switch (name) {
    case 'check_ins.record': {
      const mood = field(args, 'mood')
      const weathers: Readonly<Record<number, string>> = words.checkIns.weather
      const weather = typeof mood === 'number' ? weathers[mood] : undefined
      return weather === undefined ? say.other : say['check_ins.record'](weather)
    }
    case 'check_ins.edit':
    case 'check_ins.delete':
    case 'preferences.set':
    case 'reminders.set':
    case 'reminders.delete':
    case 'reminding.set':
    case 'agreements.propose':
    case 'agreements.narrow':
    case 'agreements.accept':
    case 'agreements.decline':
    case 'shared_check_ins.share':
    case 'shared_check_ins.take_back':
    case 'asks.answer':
    case 'step_back.set':
    case 'step_back.end':
    case 'messages.send':
    case 'messages.delete':
    case 'messages.mark':
    case 'signals.send':
    case 'pair_choices.set':
    case 'pairs.rename':
    case 'pairs.end':
    case 'pairs.block':
    case 'reports.send':
    case 'missed_check_ins.set':
      return say[name]
    default:
      return say.other
  }
}

/** Why the server did not take it. */
export function sayReason(code: string, words: SyncWords): string {
  return words.reasons[code] ?? words.reasonOther(code)
}

/** The words that somebody wrote in it, if any: they are shown whatever became of the change. */
export function noteIn(args: unknown): string | null {
  const candidates = [
    field(args, 'note'),
    field(args, 'text'),
    field(args, 'words'),
    field(field(args, 'terms'), 'worried'),
  ]
  const written = candidates.find((one) => typeof one === 'string' && one !== '')
  return typeof written === 'string' ? written : null
}

function field(args: unknown, key: string): unknown {
  return typeof args === 'object' && args !== null ? (args as Record<string, unknown>)[key] : undefined
}
