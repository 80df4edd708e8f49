/** What holds for the names that buddies call each other by. */

/** Code points. */
export const LONGEST_NAME = 40

/** A name as it is kept: on one line; null when it is none. The server looks once more. */
export function cleanName(name: string): string | null {
  const clean = name.normalize('NFC').replace(/\s+/gu, ' ').trim()
  if (clean === '' || Array.from(clean).length > LONGEST_NAME) return null
  return /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u.test(clean) ? null : clean
}
