/** Whoever was brought here by an invitation still arrives at it, however long the way in is. */

import { database, recall } from '../../store/database'

/** Where somebody goes who has just come in. */
export async function whereTo(): Promise<'/' | '/invited'> {
  const invited = await recall(database, 'invited').catch(() => undefined)
  return invited === undefined ? '/' : '/invited'
}
