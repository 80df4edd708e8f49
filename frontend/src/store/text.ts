/** Text as it may be stored and sent. */

/** The same value with every string well-formed Unicode and free of NUL, which PostgreSQL cannot hold. Copies. */
export function clean<T>(value: T): T {
  return cleaned(value) as T
}

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value)
  if (Array.isArray(value)) return value.map(cleaned)
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, inner]) => inner !== undefined)
        .map(([key, inner]) => [cleanText(key), cleaned(inner)]),
    )
  }
  return value
}

function cleanText(text: string): string {
  // The u flag sees whole characters, so what matches is a half of one alone.
  return text.replace(/\p{Surrogate}/gu, '\uFFFD').replaceAll('\0', '')
}
