import type { RecordArgs } from '../../features/check_ins/kind'
import { newId } from '../../store/ids'

/** The arguments of a check-in for tests, a new one each time. */
export function checkIn(more: Partial<Omit<RecordArgs, 'mood'>> & { mood?: number } = {}): RecordArgs {
  const args = {
    id: newId(),
    mood: 3,
    energy: null,
    feelings: [],
    contexts: [],
    note: null,
    happenedAt: '2026-11-22T07:15:00.000+01:00',
    zone: 'Europe/Berlin',
    ...more,
  }
  // A mood that is none is what some tests are about.
  return args as RecordArgs
}
