/**
 * An attachment that sets CSS variables by the object model: the Content Security Policy drops written styles.
 * Names come with their dashes: `variables({ '--share': 3 })`.
 */
export function variables(
  values: Readonly<Record<`--${string}`, string | number>>,
): (element: HTMLElement) => void {
  return (element) => {
    for (const [name, value] of Object.entries(values)) element.style.setProperty(name, String(value))
  }
}
