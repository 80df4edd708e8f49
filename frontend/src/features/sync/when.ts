import { locale } from '../../words'

/** "22 Nov, 07:15": a moment on this phone's clock, milliseconds. */
export function sayWhen(instant: number): string {
  return new Intl.DateTimeFormat(locale(), {
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
  }).format(instant)
}
