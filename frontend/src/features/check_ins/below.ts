/** What stands below the weather on Today: loaded when the weather is there to be tapped. */

import type WhatHelps from '../toolbox/WhatHelps.svelte'
import type FromBuddies from '../buddies/FromBuddies.svelte'
import type OnToday from '../buddies/OnToday.svelte'
import type SharingLine from '../buddies/SharingLine.svelte'
import type Additions from './Additions.svelte'
import type NoteField from './NoteField.svelte'
import type OnlyYou from './OnlyYou.svelte'
import type Quiet from './Quiet.svelte'
import type SoFar from './SoFar.svelte'

export interface Below {
  Additions: typeof Additions
  FromBuddies: typeof FromBuddies
  NoteField: typeof NoteField
  OnlyYou: typeof OnlyYou
  OnToday: typeof OnToday
  Quiet: typeof Quiet
  SharingLine: typeof SharingLine
  SoFar: typeof SoFar
  WhatHelps: typeof WhatHelps
}

/** Apart from Today itself: the router takes a component for one to be loaded whose code has such an import in it. */
export function loadBelow(): Promise<Below> {
  return import('./below_parts')
}
