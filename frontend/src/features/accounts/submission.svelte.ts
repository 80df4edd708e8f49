/** A form on its way to the server: busy or not, and what it said no to. */

import { tick } from 'svelte'

import { Problem, Unreachable } from '../../api/client'
import { StorageError } from '../../store/errors'
import { storageAdvice } from '../../ui/storage-advice'
import { words } from '../../words'

/** What can be wrong with a form: by the name of the field, and what is about the whole. */
export interface Wrong {
  fields: Readonly<Record<string, string>>
  whole: string | null
}

const NOTHING: Wrong = { fields: {}, whole: null }

export class Submission {
  /** `say` puts what went wrong into the words of another feature. */
  constructor(private readonly say: (error: unknown) => Wrong = sayWrong) {}

  busy = $state(false)
  wrong = $state.raw<Wrong>(NOTHING)

  /** What is said beside this field. */
  at(field: string): string | null {
    return this.wrong.fields[field] ?? null
  }

  /**
   * Runs `work` unless it runs already. `missing` is looked at first; what it names is said beside the fields.
   * What was typed stays in any case, and the focus goes to the first thing that is wrong.
   */
  async run(
    form: HTMLElement,
    missing: Record<string, string | null>,
    work: () => Promise<void>,
  ): Promise<void> {
    if (this.busy) return
    const fields = withoutNull(missing)
    this.wrong = { fields, whole: null }
    if (Object.keys(fields).length === 0) {
      this.busy = true
      try {
        await work()
      } catch (error) {
        this.wrong = this.say(error)
      } finally {
        this.busy = false
      }
    }
    await tick()
    form.querySelector<HTMLElement>('[aria-invalid="true"], [data-wrong]')?.focus()
  }
}

/** In words, what went wrong and what the person can do. Throws on what nobody foresaw. */
export function sayWrong(error: unknown): Wrong {
  if (error instanceof Problem) return sayProblem(error)
  if (error instanceof Unreachable) return { fields: {}, whole: words().accounts.unreachable }
  if (error instanceof StorageError) return { fields: {}, whole: storageAdvice(error) }
  throw error
}

function sayProblem({ code, field, retryAfter }: Problem): Wrong {
  const say = words().accounts
  const known = say.problems[code] ?? say.problem(code)
  const text =
    retryAfter === null || code !== 'too-many-tries'
      ? known
      : say.wait(Math.max(1, Math.ceil(retryAfter / 60)))
  return field === null ? { fields: {}, whole: text } : { fields: { [field]: text }, whole: null }
}

function withoutNull(missing: Record<string, string | null>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(missing).filter((entry): entry is [string, string] => entry[1] !== null),
  )
}
