"""The way to the database: every transaction and every Piccolo query goes through here.

Piccolo's own transaction never gives its connection back when COMMIT fails or the backend is killed, and leaves the
task's context pointing at it, so that everything after fails. Here the connection is given back or thrown away and
the context is reset whatever happens. Its nested transaction is no savepoint; here `savepoint()` is one.
"""

import os
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from contextvars import Token
from types import TracebackType
from typing import Any, Final, Literal

import asyncpg
from piccolo.engine.postgres import PostgresEngine, PostgresTransaction
from piccolo.querystring import QueryString

from app.cannot_start import CannotStart
from app.db_pool import ConnectionPool
from app.errors import Unavailable
from app.settings import Settings

# Piccolo's tables look for their engine here, whatever folder the process was started in.
os.environ["PICCOLO_CONF"] = "app.piccolo_conf"

Isolation = Literal["read committed", "repeatable read"]

_BEGIN: Final[dict[tuple[Isolation, bool], str]] = {
    ("read committed", False): "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE",
    ("read committed", True): "BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY",
    ("repeatable read", False): "BEGIN ISOLATION LEVEL REPEATABLE READ READ WRITE",
    ("repeatable read", True): "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
}

AWAY: Final[tuple[type[Exception], ...]] = (
    asyncpg.PostgresConnectionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.OperatorInterventionError,
    asyncpg.LockNotAvailableError,
    asyncpg.ReadOnlySQLTransactionError,
    ConnectionError,
    TimeoutError,
)
"""The database is away, full up, or just another one: nobody's fault, and it passes. Trying again helps.

A connection that is found closed is Unavailable already: what asyncpg raises for it is otherwise a mistake of ours.
"""


class NotCommittedError(Exception):
    """A statement had failed, somebody went on regardless, and the database rolled the whole transaction back."""


class LeewardTransaction(PostgresTransaction):
    """One transaction on one connection of the pool; Piccolo's queries inside it run there too."""

    __slots__ = ("_begin", "_lent", "_pool", "_token")

    def __init__(
        self,
        engine: "LeewardEngine",
        pool: ConnectionPool,
        *,
        begin: str = _BEGIN["read committed", False],
        allow_nested: bool,
    ) -> None:
        super().__init__(engine, allow_nested=allow_nested)
        self._pool = pool
        self._begin = begin
        self._lent: asyncpg.Connection | None = None
        self._token: Token[PostgresTransaction | None] | None = None

    @property
    def connection(self) -> asyncpg.Connection:
        """The connection, while the transaction lasts.

        A task started inside inherits the context, and must not write into whatever runs on this connection next.
        """
        if self._lent is None:
            raise RuntimeError("This transaction is over; a task that was started inside it needs one of its own.")
        return self._lent

    async def __aenter__(self) -> PostgresTransaction:
        if self._parent is not None:
            return self._parent
        connection = await self._pool.take()
        try:
            await connection.execute(self._begin)
        except BaseException:
            self._pool.discard(connection)
            raise
        self._lent = connection
        self._token = self.engine.current_transaction.set(self)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> bool:
        if self._parent is not None:
            return False
        connection, self._lent = self.connection, None
        if self._token is not None:
            self.engine.current_transaction.reset(self._token)
        if error is None:
            await self._commit_and_give_back(connection)
        else:
            lost = _was_lost(connection, error)
            await self._roll_back_and_give_back(connection, error)
            if lost:
                raise _unavailable() from error
        return False

    async def commit(self) -> None:
        """Commit before the end of the block; nothing more can be done in it."""
        await _commit(self.connection)
        self._committed = True

    async def rollback(self) -> None:
        """Undo everything before the end of the block; nothing more can be done in it."""
        await self.connection.execute("ROLLBACK")
        self._rolled_back = True

    async def _commit_and_give_back(self, connection: asyncpg.Connection) -> None:
        try:
            if not (self._committed or self._rolled_back):
                await _commit(connection)
        except BaseException as error:
            # A deferred constraint, a lost backend, a cancelled task: whatever it was, it is not lent again.
            lost = _was_lost(connection, error)
            self._pool.discard(connection)
            if lost:
                raise _unavailable() from error
            raise
        self._pool.give_back(connection)

    async def _roll_back_and_give_back(self, connection: asyncpg.Connection, error: BaseException) -> None:
        try:
            # Cut off in the middle of a statement, the connection is still waiting for its answer: cheaper to lose it.
            if isinstance(error, Exception) and not (self._committed or self._rolled_back):
                await connection.execute("ROLLBACK")
        except Exception:  # noqa: BLE001 - the error that ended the block is the one to tell
            self._pool.discard(connection)
        except BaseException:
            self._pool.discard(connection)
            raise
        else:
            self._pool.give_back(connection)


class LeewardEngine(PostgresEngine):
    """Piccolo's engine on the pool of the process's database."""

    __slots__ = ("database",)

    def __init__(self) -> None:
        self.database: Database | None = None
        super().__init__(config={})

    async def check_version(self) -> None:
        """Ask nothing: Piccolo would open a connection while this module is still being imported."""

    async def prep_database(self) -> None:
        """Ask nothing: no extension is needed."""

    def transaction(self, allow_nested: bool = True) -> LeewardTransaction:  # noqa: FBT001, FBT002 - Piccolo's signature
        """Begin a transaction; inside another one it is part of that one. Use `Database.transaction` instead."""
        return LeewardTransaction(self, self._pool(), allow_nested=allow_nested)

    async def get_new_connection(self) -> asyncpg.Connection:
        """Open a connection outside the pool; the caller closes it."""
        return await self._pool().connect_outside()

    async def run_querystring(self, querystring: QueryString, in_pool: bool = True) -> list[asyncpg.Record]:  # noqa: ARG002, FBT001, FBT002
        """Run one of Piccolo's queries: in the transaction that is open in this context, otherwise by itself."""
        query, arguments = querystring.compile_string(engine_type=self.engine_type)
        return await self._run(query, arguments)

    async def run_ddl(self, ddl: str, in_pool: bool = True) -> list[asyncpg.Record]:  # noqa: ARG002, FBT001, FBT002
        """Run one of Piccolo's schema statements, like a query."""
        return await self._run(ddl, ())

    async def _run(self, query: str, arguments: Sequence[Any]) -> list[asyncpg.Record]:
        transaction = self.current_transaction.get()
        if transaction is not None:
            return await transaction.connection.fetch(query, *arguments)
        async with Lent(self._pool()) as connection:
            return await connection.fetch(query, *arguments)

    def _pool(self) -> ConnectionPool:
        if self.database is None:
            raise RuntimeError("No database has been started in this process.")
        return self.database.pool


ENGINE: Final = LeewardEngine()
"""The process's one engine: every Piccolo table finds it."""


class Database:
    """The database of this process, with its connections. Start it before use, close it at the end."""

    def __init__(self, url: str, connections: int) -> None:
        self.url = url
        self.pool = ConnectionPool(url, connections)

    async def start(self) -> None:
        """Find out whether the database is there, and make it the one that Piccolo's tables use.

        Raises CannotStart when it cannot be reached.
        """
        await self.pool.start()
        ENGINE.database = self

    async def close(self) -> None:
        """Close all connections; transactions still open are rolled back."""
        if ENGINE.database is self:
            ENGINE.database = None
        await self.pool.close()

    def transaction(self, *, isolation: Isolation = "read committed", read_only: bool = False) -> "Transaction":
        """Do everything in the block, or nothing: committed at its end, rolled back when it raises.

        Sends BEGIN, your statements and COMMIT, nothing else. Piccolo's queries in the block take part. A statement
        that fails makes the whole block fail (put it into a `savepoint()` to go on). Use one task: a connection does
        one thing at a time. Set nothing on the connection but with SET LOCAL.

        Raises Unavailable when there is no connection to be had or it was lost, NotCommittedError when the error of a
        failed statement was swallowed, and piccolo's TransactionError inside another transaction.
        """
        begin = _BEGIN[isolation, read_only]
        return Transaction(LeewardTransaction(ENGINE, self.pool, begin=begin, allow_nested=False))

    @asynccontextmanager
    async def savepoint(self) -> AsyncGenerator[None]:
        """Do the block as part of the open transaction, and undo it alone when it raises."""
        transaction = ENGINE.current_transaction.get()
        if transaction is None:
            raise RuntimeError("A savepoint needs an open transaction around it.")
        connection = transaction.connection
        # One name for all: the inner one hides the outer one until it is released.
        await connection.execute("SAVEPOINT leeward")
        try:
            yield
        except Exception:
            await connection.execute("ROLLBACK TO SAVEPOINT leeward; RELEASE SAVEPOINT leeward")
            raise
        await connection.execute("RELEASE SAVEPOINT leeward")

    def connection(self) -> "Lent":
        """Lend a connection for single statements, each by itself. Set nothing on it."""
        return Lent(self.pool)


# Classes and no generators with @asynccontextmanager: every request passes here several times, and those cost thrice.
class Transaction:
    """An open transaction: `async with` gives its connection."""

    __slots__ = ("_transaction",)

    def __init__(self, transaction: LeewardTransaction) -> None:
        self._transaction = transaction

    async def __aenter__(self) -> asyncpg.Connection:
        await self._transaction.__aenter__()
        return self._transaction.connection

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self._transaction.__aexit__(kind, error, traceback)


class Lent:
    """A connection outside any transaction, lent in an `async with` and taken back whatever happens."""

    __slots__ = ("_connection", "_pool")

    def __init__(self, pool: ConnectionPool) -> None:
        self._pool = pool

    async def __aenter__(self) -> asyncpg.Connection:
        self._connection = await self._pool.take()
        return self._connection

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        lost = _was_lost(self._connection, error)
        if not lost and (error is None or isinstance(error, Exception)):
            self._pool.give_back(self._connection)
        else:
            # Cut off in the middle of a statement, the connection is still waiting for its answer.
            self._pool.discard(self._connection)
        if lost:
            raise _unavailable() from error


def connect(settings: Settings) -> Database:
    """Describe the database of these settings; nothing is opened yet.

    Raises CannotStart when no database is named: the embedded one is started by `leeward serve`.
    """
    if settings.database_url is None:
        raise CannotStart(
            "There is no database to use: run `leeward serve`, which brings its own, or set DATABASE_URL."
        )
    return Database(settings.database_url, settings.database_connections)


async def _commit(connection: asyncpg.Connection) -> None:
    # PostgreSQL answers COMMIT with ROLLBACK, and no error, when a statement of the transaction had failed.
    if await connection.execute("COMMIT") != "COMMIT":
        raise NotCommittedError("a statement had failed, so that nothing of the transaction was kept")


def _was_lost(connection: asyncpg.Connection, error: BaseException | None) -> bool:
    # The other error is what asyncpg says when it has read that the server ended it and not yet that the line is cut.
    return isinstance(error, asyncpg.InternalClientError) or (
        isinstance(error, asyncpg.InterfaceError) and connection.is_closed()
    )


def _unavailable() -> Unavailable:
    return Unavailable("database-unavailable", "The server has just lost its database. Please try again in a moment.")
