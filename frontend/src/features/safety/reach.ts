/** Links that open the phone's own dialler or messages; nothing is sent until the person does it there. */

/** `tel:` for a number as printed: spaces go, a leading + stays. */
export function telLink(number: string): string {
  return `tel:${dialled(number)}`
}

/**
 * `sms:` with the word to send filled in, where one is known.
 *
 * RFC 5724 writes `?body=`; Apple's Messages reads the text only behind an `&`.
 */
export function smsLink(to: string, text: string | null, apple: boolean): string {
  if (text === null) return `sms:${dialled(to)}`
  return `sms:${dialled(to)}${apple ? '&' : '?'}body=${encodeURIComponent(text)}`
}

/** Whether links are opened by Apple's Messages (iPhone, iPad, also where it says it is a Mac, and Mac). */
export function isApple(userAgent: string): boolean {
  return /iPhone|iPad|iPod|Macintosh/.test(userAgent)
}

function dialled(number: string): string {
  return number.replace(/[^+\d]/g, '')
}
