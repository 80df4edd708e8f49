/** The numbers on the screen: at once what the phone has, then what the server has newer. */

import { askForNewer, carriedHelplines, keptHelplines, type Helplines } from './helplines'

let known = $state.raw<Helplines>(carriedHelplines())
let asked = false

export function knownHelplines(): Helplines {
  if (!asked) {
    asked = true
    void findNewer()
  }
  return known
}

/** Once for each opening of the app. Help now never fails for want of it. */
async function findNewer(): Promise<void> {
  for (const find of [keptHelplines, askForNewer]) {
    try {
      known = (await find()) ?? known
    } catch {
      // No network, no storage, or not our server: what is known stays.
    }
  }
}
