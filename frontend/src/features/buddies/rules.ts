/** What holds for the names of buddies, and for what opens an invitation. */

import type { InvitationKey } from '../../store/lines'

/** The server lets nobody have more. */
export const MOST_BUDDIES = 8

/** Code points. */
export const LONGEST_NAME = 40

/** A name as it is kept: on one line; null when it is none. The server looks once more. */
export function cleanName(name: string): string | null {
  const clean = name.normalize('NFC').replace(/\s+/gu, ' ').trim()
  if (clean === '' || Array.from(clean).length > LONGEST_NAME) return null
  return /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u.test(clean) ? null : clean
}

/** Text as it can stand on one line: no breaks, nothing that turns it round or hides. The joiners of scripts and emoji stay. */
export function onOneLine(text: string): string {
  const joined = text.replace(/[\t\n\v\f\r\u0085\p{Zl}\p{Zp}]+/gu, ' ')
  return joined.replace(/(?![\u200c\u200d])[\p{Cc}\p{Cf}]/gu, '').trim()
}

/** What somebody typed or pasted to open an invitation; null when it can be none. */
export function readKey(text: string): InvitationKey | null {
  const typed = text.trim()
  const digits = typed.replace(/[\s.\-–—]/gu, '')
  if (/^\d{9}$/.test(digits)) return { code: digits }
  const secret = typed.slice(typed.lastIndexOf('#') + 1)
  return /^[\w-]{20,100}$/.test(secret) && !/^\d+$/.test(digits) ? { secret } : null
}

/** The secret in the fragment of an address, with its "#"; null where there is none. One that is not whole opens nothing. */
export function secretOf(fragment: string): string | null {
  return fragment.length > 1 ? fragment.slice(1, 101) : null
}
