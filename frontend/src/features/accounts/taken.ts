import { Unreachable } from '../../api/client'
import type { NotReached, NotTaken } from './session'

/** The good end of something asked of the server; throws Problem or Unreachable for the others. */
export function taken<O extends { outcome: string }>(outcome: O | NotTaken | NotReached): O {
  if (isNotTaken(outcome)) throw outcome.problem
  if (outcome.outcome === 'unreachable') throw new Unreachable()
  return outcome as O
}

function isNotTaken(outcome: { outcome: string }): outcome is NotTaken {
  return outcome.outcome === 'refused'
}
