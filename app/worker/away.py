"""What a loop beside the server waits out: the database is away, and comes back."""

from __future__ import annotations

from typing import Final

import asyncpg

from app import db
from app.errors import Unavailable

# Of a database that is being started again there is not even a socket.
AWAY: Final = (*db.AWAY, asyncpg.DeadlockDetectedError, asyncpg.InterfaceError, OSError, Unavailable)
