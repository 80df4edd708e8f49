import type { Mood, Word } from './model'

/** Our own words for feelings, on two axes: pleasant or not, and how much energy is in them. */
export const feelingGroups = {
  'unpleasant-high': [
    'tense',
    'worried',
    'afraid',
    'panicky',
    'angry',
    'irritated',
    'restless',
    'stressed',
    'overwhelmed',
    'frustrated',
    'hurt',
    'jealous',
    'ashamed',
    'guilty',
    'torn',
  ],
  'unpleasant-low': [
    'sad',
    'lonely',
    'worn-out',
    'tired',
    'numb',
    'empty',
    'heavy',
    'discouraged',
    'hopeless',
    'helpless',
    'lost',
    'disappointed',
    'bored',
    'foggy',
    'small',
  ],
  'pleasant-low': [
    'calm',
    'content',
    'relieved',
    'rested',
    'safe',
    'at-ease',
    'peaceful',
    'grateful',
    'hopeful',
    'loved',
    'understood',
    'cosy',
    'tender',
    'patient',
    'clear-headed',
  ],
  'pleasant-high': [
    'happy',
    'glad',
    'excited',
    'proud',
    'playful',
    'curious',
    'energetic',
    'inspired',
    'brave',
    'confident',
    'determined',
    'amused',
    'connected',
    'moved',
    'free',
  ],
} as const

export type FeelingGroup = keyof typeof feelingGroups
export type Feeling = (typeof feelingGroups)[FeelingGroup][number]

/** The order in which the groups are read: the tapped weather's side first. */
export const groupOrder = (mood: Mood): readonly FeelingGroup[] =>
  mood >= 4
    ? ['pleasant-high', 'pleasant-low', 'unpleasant-low', 'unpleasant-high']
    : ['unpleasant-high', 'unpleasant-low', 'pleasant-low', 'pleasant-high']

/** A few that often go with a weather. One of each row leans the other way: no weather is only one thing. */
const oftenWith: Readonly<Record<Mood, readonly Feeling[]>> = {
  1: ['overwhelmed', 'afraid', 'angry', 'tense', 'hopeless', 'hurt'],
  2: ['sad', 'lonely', 'worn-out', 'tense', 'numb', 'hopeful'],
  3: ['tired', 'restless', 'foggy', 'bored', 'torn', 'calm'],
  4: ['calm', 'content', 'hopeful', 'relieved', 'curious', 'tired'],
  5: ['happy', 'grateful', 'proud', 'peaceful', 'energetic', 'connected'],
}

/** What lies around a moment, neither good nor bad by itself. The first few are offered at once. */
export const contexts = [
  'sleep',
  'body',
  'people',
  'work-or-study',
  'money',
  'news',
  'family',
  'home',
  'being-alone',
  'food',
  'movement',
  'weather-outside',
  'nature',
  'substances',
  'medication',
  'phone',
  'memories',
  'change',
] as const

export type Context = (typeof contexts)[number]

const offeredContexts = 6

const feelings: ReadonlySet<string> = new Set(Object.values(feelingGroups).flat())
const contextSet: ReadonlySet<string> = new Set(contexts)

export const isFeeling = (entry: string): entry is Feeling => feelings.has(entry)
export const isContext = (entry: string): entry is Context => contextSet.has(entry)

/** The few shown first: those that fit, then every other chosen one; nothing jumps when it is tapped. */
export function offeredFeelings(mood: Mood, chosen: readonly Word[]): Word[] {
  return withChosen(oftenWith[mood], chosen)
}

export function offeredContextsFor(chosen: readonly Word[]): Word[] {
  return withChosen(contexts.slice(0, offeredContexts), chosen)
}

function withChosen(offered: readonly Word[], chosen: readonly Word[]): Word[] {
  return [...offered, ...chosen.filter((entry) => !offered.includes(entry))]
}
