/** An agreement being written, one question at a time: a draft until it is sent, which outlives every screen. */

import * as v from 'valibot'

import { clearDraft, loadDraft, saveDraft } from '../../store/drafts'
import { saveLastWords } from '../../store/last_words'
import { discard } from '../../sync/needs_look'
import { lengthOf } from '../check_ins/rules'
import { type Standing } from './standing'
import { LONGEST_WORRIED, narrows, needsYes, termsFrom, tidy } from './terms'
import type { Part, Terms } from './agreement_model'
import { LEVELS } from './levels'
import { sendTerms, type Sent } from './sharing'

const DRAFT_AFTER_MS = 250

export const STEPS = ['share', 'around', 'worried', 'review', 'check'] as const
export type Step = (typeof STEPS)[number]

const draftSchema = v.object({
  terms: v.object({
    part: v.object({
      shares: v.picklist(LEVELS),
      days: v.array(v.number()),
      hoursFrom: v.nullable(v.string()),
      hoursTo: v.nullable(v.string()),
      notOnCall: v.boolean(),
    }),
    worried: v.string(),
    reviewOn: v.nullable(v.string()),
  }),
  insteadOf: v.nullable(v.string()),
  /** The other's proposal that had been read when it was begun. */
  knows: v.optional(v.nullable(v.string())),
})

const keyOf = (pair: string): string => `agreement:${pair}`

/** The pair whose agreement is being written in this tab: going from question to question is no coming back. */
let underway: string | null = null

/** The other's proposal that was last read in this tab on the page of the agreement, or when the questions were begun. */
let read: { pair: string; proposal: string | null } | null = null

/** How it stands was shown: what the other proposes in it is known. */
export function sawStanding(pair: string, standing: Standing): void {
  read = { pair, proposal: proposalOfOther(standing) }
}

const proposalOfOther = ({ proposal }: Standing): string | null =>
  proposal?.by === 'other' ? proposal.id : null

/** What keeps a step from being left. */
export type Wrong = 'both-hours' | 'text-too-long' | 'past'

export class AgreementDraft {
  terms = $state.raw<Terms>(termsFrom({ inForce: null, proposal: null, saidYes: false }))
  /** The draft of an earlier visit was there. */
  restored = $state(false)
  trouble = $state.raw<unknown>(null)

  readonly #pair: string
  /** The refused proposal that this one is made from. */
  #insteadOf: string | null = null
  #knows: string | null = null
  #changed = false
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(pair: string) {
    this.#pair = pair
  }

  /** Puts these terms where the next visit finds them. Throws a StorageError. */
  static async keepFor(pair: string, terms: Terms, insteadOf: string): Promise<void> {
    await saveDraft(keyOf(pair), { terms, insteadOf })
    underway = pair
  }

  /** What was begun, or else what holds. */
  async begin(standing: Standing): Promise<void> {
    const draft = v.safeParse(draftSchema, await loadDraft(keyOf(this.#pair)))
    const known = draft.success ? draft.output.knows : undefined
    if (read?.pair !== this.#pair) {
      read = { pair: this.#pair, proposal: known === undefined ? proposalOfOther(standing) : known }
    }
    this.#knows = read.proposal
    if (!draft.success) {
      this.terms = termsFrom(standing)
      return
    }
    this.terms = draft.output.terms
    this.#insteadOf = draft.output.insteadOf
    this.restored = underway !== this.#pair
  }

  /** From one question to the next. Throws nothing: what the storage says stands in `trouble`. */
  async goOn(): Promise<void> {
    this.restored = false
    underway = this.#pair
    await this.keep()
  }

  change({ part, ...rest }: Partial<Omit<Terms, 'part'>> & { part?: Partial<Part> }): void {
    this.terms = { ...this.terms, ...rest, part: { ...this.terms.part, ...part } }
    this.#changed = true
    this.#timer ??= setTimeout(() => void this.keep(), DRAFT_AFTER_MS)
  }

  /** What is wrong with what this step asks; `today` is a local date. */
  wrongIn(step: Step, today: string): Wrong | null {
    const { part, worried, reviewOn } = this.terms
    const one = (part.hoursFrom ?? '') === ''
    const other = (part.hoursTo ?? '') === ''
    if (step === 'around' && one !== other) return 'both-hours'
    if (step === 'worried' && lengthOf(worried.trim()) > LONGEST_WORRIED) return 'text-too-long'
    // A date that is half typed says "".
    if (step === 'review' && reviewOn !== null && reviewOn <= today) return 'past'
    return null
  }

  /** What sending it would do. */
  outcome(standing: Standing): 'propose' | 'answer' | 'less' | 'nothing' {
    const said = tidy(this.terms)
    if (needsYes(standing, said)) return standing.proposal?.by === 'other' ? 'answer' : 'propose'
    return narrows(standing, said) ? 'less' : 'nothing'
  }

  /** The other has proposed something that was not there when this was begun, and sending would answer it unread. */
  unread(standing: Standing): boolean {
    return this.outcome(standing) === 'answer' && proposalOfOther(standing) !== this.#knows
  }

  /** Writes the draft now. */
  async keep(): Promise<void> {
    this.#stop()
    if (!this.#changed) return
    try {
      await saveDraft(keyOf(this.#pair), this.#written())
    } catch (error) {
      this.trouble = error
    }
  }

  /** The page goes this very moment. */
  keepLast(): void {
    if (this.#changed) saveLastWords(keyOf(this.#pair), this.#written())
  }

  /** Back to what holds. */
  async discard(standing: Standing): Promise<void> {
    this.forget()
    await clearDraft(keyOf(this.#pair))
    this.terms = termsFrom(standing)
    sawStanding(this.#pair, standing)
    this.#knows = proposalOfOther(standing)
  }

  /** The store was emptied for whoever comes next: so is this. */
  forget(): void {
    this.#stop()
    this.#changed = false
    this.#insteadOf = null
    this.restored = false
    underway = null
    read = null
  }

  /** What became of it; null where the storage says no. */
  async send(standing: Standing): Promise<Sent | null> {
    this.#stop()
    this.trouble = null
    try {
      const sent = await sendTerms(this.#pair, standing, this.terms, { draft: keyOf(this.#pair) })
      if (this.#insteadOf !== null) await discard(this.#insteadOf)
      await clearDraft(keyOf(this.#pair))
      this.forget()
      return sent
    } catch (error) {
      this.trouble = error
      return null
    }
  }

  #written(): v.InferOutput<typeof draftSchema> {
    return { terms: this.terms, insteadOf: this.#insteadOf, knows: this.#knows }
  }

  #stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }
}
