"""Transactions end well, however badly they end."""

import asyncio
import contextlib
import tempfile
from collections.abc import Awaitable, Callable
from urllib.parse import parse_qs, quote, urlsplit

import asyncpg
import pytest
from piccolo.columns import Integer
from piccolo.engine.exceptions import TransactionError
from piccolo.table import Table

from app.db import AWAY, ENGINE, Database, NotCommittedError, connect
from app.errors import Unavailable
from app.settings import Settings

Block = Callable[[asyncpg.Connection], Awaitable[object]]


class Note(Table, tablename="note"):
    id = Integer(primary_key=True)
    parent = Integer(null=True, default=None)


@pytest.fixture
async def notes(database: Database) -> Database:
    async with database.connection() as connection:
        await connection.execute(
            "CREATE TABLE note (id int PRIMARY KEY, parent int REFERENCES note DEFERRABLE INITIALLY DEFERRED)"
        )
    return database


async def write(notes: Database, *blocks: Block) -> None:
    """One transaction that does all of these."""
    async with notes.transaction() as connection:
        for block in blocks:
            await block(connection)


def insert(note: int, parent: int | None = None) -> Block:
    return lambda connection: connection.execute("INSERT INTO note VALUES ($1, $2)", note, parent)


async def stumble(_: asyncpg.Connection) -> None:
    raise KeyError


async def swallow_an_error(connection: asyncpg.Connection) -> None:
    with pytest.raises(asyncpg.UndefinedTableError):
        await connection.execute("SELECT * FROM nothing")


async def kill_the_backend(notes: Database, connection: asyncpg.Connection) -> None:
    """End the connection's backend from another one, and wait until PostgreSQL has done it."""
    backend = connection.get_server_pid()
    other = await asyncpg.connect(notes.url)
    try:
        assert await other.fetchval("SELECT pg_terminate_backend($1, 10000)", backend)
    finally:
        await other.close()


async def kept(notes: Database) -> list[int]:
    async with notes.connection() as connection:
        return [row["id"] for row in await connection.fetch("SELECT id FROM note ORDER BY id")]


async def goes_on(notes: Database) -> None:
    """After whatever happened: nothing is left open, and the next transactions work, more than connections."""
    assert ENGINE.current_transaction.get() is None
    await asyncio.gather(*(write(notes, insert(100 + number)) for number in range(20)))
    async with notes.connection() as connection:
        idle_in_transaction = await connection.fetchval(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND state LIKE 'idle in transaction%' AND pid <> pg_backend_pid()"
        )
        assert idle_in_transaction == 0
        await connection.execute("DELETE FROM note WHERE id >= 100")


async def test_a_block_is_kept_whole(notes: Database) -> None:
    await write(notes, insert(1), insert(2))
    assert await kept(notes) == [1, 2]
    await goes_on(notes)


async def test_a_connection_that_was_lost_between_two_statements_is_unavailable(notes: Database) -> None:
    async def lose(connection: asyncpg.Connection) -> None:
        await kill_the_backend(notes, connection)
        async with asyncio.timeout(60):
            while True:
                if connection.is_closed():
                    return
                await asyncio.sleep(0)

    async def lose_one_outside_a_transaction() -> None:
        async with notes.connection() as connection:
            await lose(connection)
            await connection.execute("SELECT 1")

    with pytest.raises(Unavailable):
        await write(notes, insert(1), lose, insert(2))
    with pytest.raises(Unavailable):
        await write(notes, insert(1), lose)
    with pytest.raises(Unavailable):
        await lose_one_outside_a_transaction()
    with pytest.raises(asyncpg.InterfaceError):  # a mistake of ours stays one
        await write(notes, lambda connection: connection.fetch("SELECT 1", "one too many"))
    assert await kept(notes) == []
    await goes_on(notes)


async def test_a_backend_that_said_goodbye_on_a_line_that_still_stands_is_unavailable(notes: Database) -> None:
    """PostgreSQL's last words have been read, the end of the line not yet."""
    sockets = parse_qs(urlsplit(notes.url).query)["host"][0]
    goodbye = asyncio.Event()

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while chunk := await reader.read(65536):
            writer.write(chunk)
            await writer.drain()

    async def connect_through(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, to_there = await asyncio.open_unix_connection(f"{sockets}/.s.PGSQL.5432")
        with contextlib.suppress(ConnectionError):
            async with asyncio.TaskGroup() as both_ways:
                both_ways.create_task(pass_on(reader, to_there))
                await pass_on(there, writer)
                goodbye.set()
        for end in (writer, to_there):
            end.close()

    async def lose(connection: asyncpg.Connection) -> None:
        goodbye.clear()
        await kill_the_backend(notes, connection)
        await goodbye.wait()
        for _ in range(10):  # the loop has read what came
            await asyncio.sleep(0)

    async def lose_one_outside_a_transaction(through: Database) -> None:
        async with through.connection() as connection:
            await lose(connection)
            await connection.execute("SELECT 1")

    with tempfile.TemporaryDirectory(prefix="lw-") as folder:
        async with await asyncio.start_unix_server(connect_through, f"{folder}/.s.PGSQL.5432"):
            through = connect(
                Settings.from_environment({"DATABASE_URL": notes.url.replace(quote(sockets, safe=""), folder)})
            )
            await through.start()
            with pytest.raises(Unavailable):
                await write(through, insert(1), lose, insert(2))
            with pytest.raises(Unavailable):
                await lose_one_outside_a_transaction(through)
            assert await kept(through) == []
            await through.close()
    await goes_on(notes)


async def test_a_block_that_raises_is_undone_whole(notes: Database) -> None:
    with pytest.raises(KeyError):
        await write(notes, insert(1), stumble)
    assert await kept(notes) == []
    await goes_on(notes)


async def test_a_statement_that_fails_undoes_the_block(notes: Database) -> None:
    with pytest.raises(asyncpg.UniqueViolationError):
        await write(notes, insert(1), insert(1))
    assert await kept(notes) == []
    await goes_on(notes)


async def test_a_commit_that_fails_is_told_and_nothing_is_kept(notes: Database) -> None:
    with pytest.raises(asyncpg.ForeignKeyViolationError):
        await write(notes, insert(1, parent=7))
    assert await kept(notes) == []
    await goes_on(notes)


async def test_a_swallowed_error_never_passes_for_a_commit(notes: Database) -> None:
    with pytest.raises(NotCommittedError):
        await write(notes, insert(1), swallow_an_error)
    assert await kept(notes) == []
    await goes_on(notes)


async def test_a_backend_killed_before_a_statement(notes: Database) -> None:
    with pytest.raises((Unavailable, *AWAY)):
        await write(notes, insert(1), lambda connection: kill_the_backend(notes, connection), insert(2))
    assert await kept(notes) == []
    await goes_on(notes)


async def test_a_backend_killed_before_the_commit(notes: Database) -> None:
    with pytest.raises((Unavailable, *AWAY)):
        await write(notes, insert(1), lambda connection: kill_the_backend(notes, connection))
    assert await kept(notes) == []
    await goes_on(notes)


async def test_a_backend_killed_before_the_rollback_does_not_hide_what_happened(notes: Database) -> None:
    with pytest.raises(KeyError):
        await write(notes, insert(1), lambda connection: kill_the_backend(notes, connection), stumble)
    assert await kept(notes) == []
    await goes_on(notes)


async def test_a_backend_killed_while_its_connection_lies_idle(notes: Database) -> None:
    async with notes.connection() as connection:
        lying_idle = connection
    lost = asyncio.Event()
    lying_idle.add_termination_listener(lambda _: lost.set())
    await kill_the_backend(notes, lying_idle)
    await lost.wait()
    await write(notes, insert(1))
    assert await kept(notes) == [1]
    await goes_on(notes)


async def test_a_cancelled_statement_leaves_nothing_open(notes: Database) -> None:
    other = await asyncpg.connect(notes.url)
    async with other.transaction():
        await other.execute("LOCK TABLE note")
        cut_off = asyncio.create_task(write(notes, insert(1)))
        while not await other.fetchval("SELECT count(*) FROM pg_locks WHERE NOT granted"):  # noqa: ASYNC110
            await asyncio.sleep(0)
        cut_off.cancel()
        with pytest.raises(asyncio.CancelledError):
            await cut_off
    await other.close()
    assert await kept(notes) == []
    await goes_on(notes)


async def test_transactions_do_not_nest(notes: Database) -> None:
    with pytest.raises(TransactionError):
        await write(notes, insert(1), lambda _: write(notes, insert(2)))
    assert await kept(notes) == []
    await goes_on(notes)


async def test_a_savepoint_undoes_its_block_alone(notes: Database) -> None:
    async with notes.transaction() as connection:
        await connection.execute("INSERT INTO note VALUES (1)")

        async def write_two_of_which_one_is_there_already() -> None:
            async with notes.savepoint():
                await connection.execute("INSERT INTO note VALUES (2)")
                async with notes.savepoint():
                    await connection.execute("INSERT INTO note VALUES (1)")

        with pytest.raises(asyncpg.UniqueViolationError):
            await write_two_of_which_one_is_there_already()
        async with notes.savepoint():
            await connection.execute("INSERT INTO note VALUES (3)")
    assert await kept(notes) == [1, 3]
    await goes_on(notes)


async def test_an_inner_savepoint_undone_leaves_the_outer_one(notes: Database) -> None:
    async with notes.transaction() as connection, notes.savepoint():
        await connection.execute("INSERT INTO note VALUES (1)")
        with pytest.raises(asyncpg.UniqueViolationError):
            async with notes.savepoint():
                await connection.execute("INSERT INTO note VALUES (1)")
        await connection.execute("INSERT INTO note VALUES (2)")
    assert await kept(notes) == [1, 2]


async def test_a_savepoint_needs_a_transaction(notes: Database) -> None:
    with pytest.raises(RuntimeError):
        async with notes.savepoint():
            pass


async def test_a_savepoint_whose_backend_died_does_not_pass_for_undone(notes: Database) -> None:
    async def refuse(connection: asyncpg.Connection) -> None:
        async with notes.savepoint():
            await kill_the_backend(notes, connection)
            raise KeyError

    with pytest.raises((Unavailable, *AWAY)):
        await write(notes, insert(1), refuse)
    await goes_on(notes)


async def test_repeatable_read_sees_one_moment(notes: Database) -> None:
    async with notes.transaction(isolation="repeatable read", read_only=True) as connection:
        assert await connection.fetchval("SELECT count(*) FROM note") == 0
        other = await asyncpg.connect(notes.url)
        await other.execute("INSERT INTO note VALUES (1)")
        await other.close()
        assert await connection.fetchval("SELECT count(*) FROM note") == 0
    assert await kept(notes) == [1]


async def test_read_committed_sees_what_was_committed_meanwhile(notes: Database) -> None:
    async with notes.transaction() as connection:
        assert await connection.fetchval("SELECT count(*) FROM note") == 0
        other = await asyncpg.connect(notes.url)
        await other.execute("INSERT INTO note VALUES (1)")
        await other.close()
        assert await connection.fetchval("SELECT count(*) FROM note") == 1


async def test_read_only_means_it(notes: Database) -> None:
    with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
        async with notes.transaction(read_only=True) as connection:
            await connection.execute("INSERT INTO note VALUES (1)")
    await goes_on(notes)


async def test_piccolo_takes_part_in_the_transaction(notes: Database) -> None:
    async def insert_and_look(connection: asyncpg.Connection) -> None:
        await Note.insert(Note(id=1))
        assert await connection.fetchval("SELECT count(*) FROM note") == 1
        assert await Note.count() == 1

    with pytest.raises(KeyError):
        await write(notes, insert_and_look, stumble)
    assert await Note.count() == 0
    await goes_on(notes)


async def test_piccolos_own_transaction_survives_a_failing_commit(notes: Database) -> None:
    with pytest.raises(asyncpg.ForeignKeyViolationError):
        async with ENGINE.transaction():
            await Note.insert(Note(id=1, parent=7))

    async def insert_and_stumble() -> None:
        async with ENGINE.transaction(), ENGINE.transaction():
            await Note.insert(Note(id=1))
            raise KeyError

    with pytest.raises(KeyError):
        await insert_and_stumble()
    async with ENGINE.transaction() as transaction:
        await Note.insert(Note(id=2))
        await transaction.commit()
    async with ENGINE.transaction() as transaction:
        await Note.insert(Note(id=3))
        await transaction.rollback()
    assert await kept(notes) == [2]
    await goes_on(notes)


async def test_a_task_left_over_from_a_transaction_cannot_write_into_the_next(notes: Database) -> None:
    over = asyncio.Event()

    async def linger() -> None:
        await over.wait()
        await Note.insert(Note(id=1))

    async with notes.transaction():
        task = asyncio.create_task(linger())
        await asyncio.sleep(0)
    async with notes.transaction():
        over.set()
        with pytest.raises(RuntimeError):
            await task
    assert await kept(notes) == []


async def test_more_transactions_than_connections_wait_their_turn(notes: Database) -> None:
    await asyncio.gather(*(write(notes, insert(number)) for number in range(200)))
    assert await kept(notes) == list(range(200))


async def test_a_closed_database_says_that_the_server_is_stopping(database: Database) -> None:
    await database.close()
    with pytest.raises(Unavailable):
        await write(database, insert(1))
