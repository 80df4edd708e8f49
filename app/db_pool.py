"""The connections to the database that are kept open and lent out.

asyncpg has a pool of its own. It resets a connection on every release (a round trip) and releases in a task of its
own: a transaction of one statement costs 1.5 times as much through it as on a bare connection. This one lends a
connection and takes it back without touching it, which asks one thing of everybody: nothing is set on a connection
that outlives the transaction (no SET without LOCAL, no LISTEN, no session advisory lock).
"""

import asyncio
import ssl
from collections import deque
from urllib.parse import parse_qs, urlsplit

import asyncpg

from app.cannot_start import CannotStart
from app.errors import Unavailable

CONNECT_TIMEOUT = 10.0
"""Seconds until a database that does not answer counts as unreachable."""
WAIT_TIMEOUT = 10.0
"""Seconds that somebody waits for a free connection before being told to come back."""

# Sent with each new connection. JIT costs more than it brings in statements that touch a few rows. A plan is made once
# for a prepared statement: left alone, PostgreSQL makes those with arrays anew each time, for longer than they run.
SESSION = {
    "application_name": "leeward",
    "timezone": "UTC",
    "jit": "off",
    "plan_cache_mode": "force_generic_plan",
    "statement_timeout": "30s",
}

# The database is not there, not yet, or full up: all pass by themselves or by the operator's hand.
_UNREACHABLE = (OSError, asyncpg.PostgresError, asyncpg.InterfaceError)


class ConnectionPool:
    """Lends out at most `size` connections to the database at `url`, opened when first needed."""

    def __init__(self, url: str, size: int) -> None:
        self._url = url
        self._size = size
        self._open = 0
        self._idle: list[asyncpg.Connection] = []
        self._lent: set[asyncpg.Connection] = set()
        self._waiting: deque[asyncio.Future[asyncpg.Connection | None]] = deque()
        self._closed = False

    async def start(self) -> None:
        """Open the first connection, to find out now whether there is a database.

        Raises CannotStart with one sentence that says why not.
        """
        try:
            self._open += 1
            self.give_back(await self._connect())
        except (*_UNREACHABLE, ValueError) as error:
            raise CannotStart(_why_unreachable(self._url, error)) from error

    async def take(self) -> asyncpg.Connection:
        """Borrow a connection that is in no transaction; `give_back` or `discard` it afterwards.

        Raises Unavailable when the database cannot be reached, or when all are lent out for longer than 10 s.
        """
        while self._idle:
            connection = self._idle.pop()
            if not connection.is_closed():
                self._lent.add(connection)
                return connection
            self._open -= 1
        if self._closed:
            raise _stopping()
        if self._open < self._size:
            self._open += 1
        elif (connection := await self._until_its_turn()) is not None:
            return connection
        elif self._closed:
            raise _stopping()
        return await self._connect_or_say_unavailable()

    def give_back(self, connection: asyncpg.Connection) -> None:
        """Take a connection back; one that is broken, or still in a transaction, is thrown away instead."""
        if self._closed or connection.is_closed() or connection.is_in_transaction():
            self.discard(connection)
        elif not self._hand_on(connection):
            self._lent.discard(connection)
            self._idle.append(connection)

    def discard(self, connection: asyncpg.Connection) -> None:
        """Throw a connection away at once; the server rolls back what was open on it."""
        connection.terminate()
        self._lent.discard(connection)
        self._make_room()

    async def close(self) -> None:
        """Close everything; what is still lent out is cut off."""
        self._closed = True
        while self._hand_on(None):
            pass
        for connection in list(self._lent):
            connection.terminate()
        await asyncio.gather(*(connection.close(timeout=1) for connection in self._idle), return_exceptions=True)
        self._idle.clear()

    async def connect_outside(self) -> asyncpg.Connection:
        """Open a connection that the pool does not count and that the caller closes (for LISTEN, for a lock)."""
        return await asyncpg.connect(self._url, timeout=CONNECT_TIMEOUT, server_settings=SESSION)

    async def _connect(self) -> asyncpg.Connection:
        """Open a connection in room that is counted already."""
        try:
            connection = await self.connect_outside()
        except BaseException:
            self._make_room()
            raise
        self._lent.add(connection)
        return connection

    async def _connect_or_say_unavailable(self) -> asyncpg.Connection:
        try:
            return await self._connect()
        except _UNREACHABLE as error:
            raise Unavailable(
                "database-unavailable", "The server cannot reach its database just now. Nothing was changed."
            ) from error

    async def _until_its_turn(self) -> asyncpg.Connection | None:
        """Queue, first come first served. None: there is room to open one, and it is kept for whoever is told."""
        turn: asyncio.Future[asyncpg.Connection | None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            async with asyncio.timeout(WAIT_TIMEOUT):
                return await turn
        except TimeoutError as error:
            if not turn.cancelled():  # its turn came in the same moment
                return turn.result()
            raise Unavailable("database-busy", "The server is busy. Nothing was changed.") from error
        except asyncio.CancelledError:
            if not turn.cancelled():  # its turn came in the same moment: pass it on
                connection = turn.result()
                if connection is None:
                    self._make_room()
                else:
                    self.give_back(connection)
            raise

    def _make_room(self) -> None:
        """There is room for one more: kept for whoever has waited longest, or free for the next to come."""
        if not self._hand_on(None):
            self._open -= 1

    def _hand_on(self, connection: asyncpg.Connection | None) -> bool:
        """Give a connection, or the room for one, to whoever has waited longest. False: nobody waits."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(connection)
                return True
        return False


def _stopping() -> Unavailable:
    return Unavailable("database-unavailable", "The server is stopping. Please try again in a moment.")


def _why_unreachable(url: str, error: Exception) -> str:
    """Say what is wrong in one sentence, and never the password that is in the URL."""
    if isinstance(error, ValueError) and not isinstance(error, OSError):
        return "DATABASE_URL cannot be understood: it has to look like postgresql://user:password@host:5432/name."
    parts = urlsplit(url)
    socket_folder = parse_qs(parts.query).get("host", [""])[0]
    where = socket_folder or f"{parts.hostname or 'localhost'}:{parts.port or 5432}"
    match error:
        case asyncpg.InvalidPasswordError() | asyncpg.InvalidAuthorizationSpecificationError():
            why = "does not accept the user name or the password in DATABASE_URL"
        case asyncpg.InvalidCatalogNameError():
            why = f"has no database named {parts.path.lstrip('/')!r}: create it, or correct DATABASE_URL"
        case asyncpg.TooManyConnectionsError():
            why = "has no connection left for us"
        case asyncpg.CannotConnectNowError():
            why = "is just starting or stopping: try again in a moment"
        case TimeoutError():
            why = f"did not answer within {CONNECT_TIMEOUT:.0f} seconds: is DATABASE_URL right, and nothing in between?"
        case ssl.SSLError():
            why = f"cannot be reached securely: {error.reason}"
        case OSError():
            reason = error.strerror or str(error)
            why = f"cannot be reached ({reason}): is it running, and is DATABASE_URL right?"
        case _:
            why = f"refused the connection ({type(error).__name__})"
    return f"The database at {where} {why}" + ("" if why.endswith("?") else ".")
