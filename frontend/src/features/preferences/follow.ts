/** What was chosen on another phone holds here too: this screen follows the store. */

import { isLanguage, language, speak } from '../../words'
import { isTheme, wear } from '../../ui/theme'
import { preference } from './queries'
import { rememberRegion } from './region'

/** Follows until the page goes. What was never chosen stays as it is. */
export function followPreferences(): void {
  preference('theme').subscribe((theme) => {
    if (isTheme(theme)) wear(theme)
  })
  preference('language').subscribe((chosen) => {
    if (typeof chosen === 'string' && isLanguage(chosen) && chosen !== language()) void speak(chosen)
  })
  preference('region').subscribe((region) => {
    if (typeof region === 'string') rememberRegion(region)
  })
}
