/** The door is gone through once on each phone. */

const remembered = 'leeward.came-in'
/** Where storage is closed to us: for as long as this page lasts. */
let cameInNow = false

export function hasComeIn(): boolean {
  try {
    return cameInNow || localStorage.getItem(remembered) !== null
  } catch {
    return cameInNow
  }
}

export function comeIn(): void {
  cameInNow = true
  try {
    localStorage.setItem(remembered, 'yes')
  } catch {
    // Then it is asked again next time, and that is all.
  }
}
