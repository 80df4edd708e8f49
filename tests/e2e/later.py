"""The loops beside a server, on a clock that a test moves: everything comes at its time, and nobody waits for it."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from app import clock
from app.asgi import push_kinds, wakes
from app.db import Database, connect
from app.push.sender import Sender
from app.push.vapid import Signer, VapidKeys
from app.settings import Settings
from app.worker.deliverer import Deliverer
from app.worker.waker import wake_once
from tests.e2e.server import Server
from tests.push.local_push_service import LocalPushService


class Later:
    """Wakes and delivers for a server that leaves it to others, by a clock of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._ahead = timedelta()

    def now(self) -> datetime:
        """What its clock shows."""
        return clock.now() + self._ahead

    async def goes_to(self, moment: datetime) -> None:
        """Move the clock to this moment, and wake what has fallen due by then."""
        moved = moment - self.now()
        self._ahead += moved
        async with self._database.connection() as connection:
            # The queue goes by the database's clock, which nobody moves.
            await connection.execute("UPDATE pgqueuer SET execute_after = execute_after - $1::interval", moved)
        while await wake_once(self._database, wakes(), self.now()):
            pass


@asynccontextmanager
async def working_later(server: Server, pushes: LocalPushService) -> AsyncGenerator[Later]:
    """Do what `leeward worker` does for this server, with this push service, until the end of the block."""
    settings = Settings.from_environment(
        {
            "DATABASE_URL": server.database_url,
            "LEEWARD_DATA": str(server.folder),
            "LEEWARD_ORIGIN": server.origin,
            "LEEWARD_PUSH_HOSTS": pushes.origin,
        }
    )
    database = connect(settings)
    await database.start()
    later = Later(database)
    pushes.now = lambda: later.now().timestamp()
    sender = Sender(settings.push_hosts, Signer(VapidKeys(settings), settings.push_contact))
    try:
        async with Deliverer(database, push_kinds(), sender, settings.origin, now=later.now):
            yield later
    finally:
        await database.close()
