/** What a strategy of one's own can begin with. The words are in the language of the interface. */

import { words } from '../../words'
import { FRESH } from './edit.svelte'
import type { StrategyData } from './model'

export const TEMPLATES = [
  'cold-water',
  'short-walk',
  'call-someone',
  'five-things',
  'warm-drink',
  'brain-dump',
  'one-song',
  'hands',
] as const
export type Template = (typeof TEMPLATES)[number]

export const isTemplate = (key: string | null): key is Template =>
  key !== null && (TEMPLATES as readonly string[]).includes(key)

/** What it puts into the form. */
export function fromTemplate(key: Template): StrategyData {
  const { title, kind, minutes, steps } = words().toolbox.templates.all[key]
  return {
    ...FRESH,
    title,
    kind,
    minutes,
    steps: steps.map(({ text, seconds }) => ({ text, seconds: seconds ?? null })),
    source: `template:${key}`,
  }
}
