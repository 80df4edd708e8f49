/** Everything that is synced. Whoever runs a sync (the page, the worker) imports this; a new feature adds its line. */

import './check_ins/kind'
import './preferences/kind'
