/** Everything that is synced. Whoever opens the store (the page, the worker) imports this; a new feature adds its line. */

import { database } from '../store/database'
import { refreshViews } from '../sync/views'
import './buddies/agreement_kind'
import './buddies/kind'
import './buddies/missed_kind'
import './buddies/reach_out_kind'
import './buddies/talk_kind'
import './check_ins/kind'
import './moderation/kind'
import './preferences/kind'
import './reminders/kind'
import './toolbox/kind'

// Before the first query of each opening; nothing to do unless the app or the store's version changed.
database.beforeUse((store) => refreshViews(store, __LEEWARD_BUILD__))
