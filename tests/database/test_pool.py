"""Connections are lent fairly, and a database that is not there is said in one sentence."""

import asyncio
import socket
from urllib.parse import urlsplit

import asyncpg
import pytest

from app import db_pool
from app.cannot_start import CannotStart
from app.db import connect
from app.db_pool import ConnectionPool
from app.embedded_postgres import EmbeddedPostgres
from app.errors import Unavailable
from app.settings import Settings


@pytest.fixture
async def two(database_url: str) -> ConnectionPool:
    pool = ConnectionPool(database_url, 2)
    await pool.start()
    return pool


async def test_a_connection_comes_back_as_it_was_lent(two: ConnectionPool) -> None:
    connection = await two.take()
    two.give_back(connection)
    assert await two.take() is connection
    await two.close()


async def test_no_more_are_open_than_allowed_and_who_waits_longest_is_next(two: ConnectionPool) -> None:
    first, second = await two.take(), await two.take()
    order: list[str] = []

    async def take(name: str) -> asyncpg.Connection:
        connection = await two.take()
        order.append(name)
        return connection

    tasks = [asyncio.create_task(take(name)) for name in ("a", "b", "c")]
    await asyncio.sleep(0)
    two.give_back(first)
    assert await tasks[0] is first
    two.discard(second)
    assert await tasks[1] is not second
    two.give_back(first)
    await tasks[2]
    assert order == ["a", "b", "c"]
    await two.close()


async def test_one_who_goes_away_in_its_turn_passes_it_on(two: ConnectionPool) -> None:
    first, _ = await two.take(), await two.take()
    impatient, patient = asyncio.create_task(two.take()), asyncio.create_task(two.take())
    await asyncio.sleep(0)
    two.give_back(first)
    impatient.cancel()
    assert await patient is first
    await two.close()


async def test_one_whose_patience_ends_in_its_turn_has_the_connection(
    two: ConnectionPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = await two.take(), await two.take()
    monkeypatch.setattr(db_pool, "WAIT_TIMEOUT", 0)
    waiting = asyncio.create_task(two.take())
    # Runs after the task has begun to wait and before its timeout does.
    asyncio.get_running_loop().call_soon(two.give_back, first)
    assert await waiting is first
    await two.close()


async def test_room_that_was_handed_on_is_not_taken_by_somebody_else(
    two: ConnectionPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = await two.take(), await two.take()
    waiting = asyncio.create_task(two.take())
    await asyncio.sleep(0)
    two.discard(first)
    monkeypatch.setattr(db_pool, "WAIT_TIMEOUT", 0.001)
    with pytest.raises(Unavailable):  # comes before the one that waited has noticed
        await two.take()
    two.give_back(await waiting)
    await two.take()
    await two.close()


async def test_one_who_goes_away_with_room_of_its_own_passes_it_on(two: ConnectionPool) -> None:
    first, _ = await two.take(), await two.take()
    impatient, patient = asyncio.create_task(two.take()), asyncio.create_task(two.take())
    await asyncio.sleep(0)
    two.discard(first)
    impatient.cancel()
    assert not (await patient).is_closed()
    await two.close()


async def test_room_whose_connection_failed_is_room_again(
    two: ConnectionPool, postgres: EmbeddedPostgres, database_url: str
) -> None:
    await two.take()
    second = await two.take()
    waiting = [asyncio.create_task(two.take()) for _ in range(3)]
    await asyncio.sleep(0)
    name = urlsplit(database_url).path.lstrip("/")
    superuser = await asyncpg.connect(postgres.superuser_url)
    await superuser.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    two.discard(second)
    told = await asyncio.gather(*waiting, return_exceptions=True)
    assert [type(error) for error in told] == [Unavailable] * 3
    await superuser.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    await superuser.close()
    await two.take()
    await two.close()


async def test_waiting_has_an_end(two: ConnectionPool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db_pool, "WAIT_TIMEOUT", 0.01)
    await two.take()
    await two.take()
    with pytest.raises(Unavailable) as refused:
        await two.take()
    assert refused.value.code == "database-busy"
    await two.close()


async def test_one_still_in_a_transaction_is_not_lent_again(two: ConnectionPool) -> None:
    connection = await two.take()
    await connection.execute("BEGIN")
    two.give_back(connection)
    assert connection.is_closed()
    assert await two.take() is not connection
    await two.close()


async def test_nothing_is_left_on_the_server_after_closing(two: ConnectionPool, database_url: str) -> None:
    lent = await two.take()
    two.give_back(await two.take())
    await two.close()
    assert lent.is_closed()
    with pytest.raises(Unavailable):
        await two.take()


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("postgresql://ada@127.0.0.1:{port}/leeward", "at 127.0.0.1:{port} cannot be reached"),
        ("postgresql://ada:a-secret@127.0.0.1:{port}/leeward", "is it running, and is DATABASE_URL right?"),
        ("postgresql://ada@nowhere.invalid/leeward", "at nowhere.invalid:5432 cannot be reached"),
        ("postgresql://ada@/leeward?host=/nowhere", "at /nowhere cannot be reached"),
        ("postgresql://ada@host:port/leeward", "cannot be understood"),
    ],
)
async def test_a_database_that_is_not_there_is_one_sentence_without_a_password(url: str, says: str) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        url = url.replace("{port}", str(port))
        with pytest.raises(CannotStart) as told:
            await connect(Settings.from_environment({"DATABASE_URL": url})).start()
    sentence = str(told.value)
    assert says.format(port=port) in sentence
    assert "secret" not in sentence
    assert "\n" not in sentence


async def test_a_database_of_another_name_is_one_sentence(database_url: str) -> None:
    url = database_url.replace("/test_", "/nothing_")
    with pytest.raises(CannotStart, match="has no database named 'nothing_"):
        await connect(Settings.from_environment({"DATABASE_URL": url})).start()


async def test_a_server_that_never_answers_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db_pool, "CONNECT_TIMEOUT", 0.05)
    with socket.socket() as mute:
        mute.bind(("127.0.0.1", 0))
        mute.listen()
        url = f"postgresql://ada@127.0.0.1:{mute.getsockname()[1]}/leeward?sslmode=disable"
        with pytest.raises(CannotStart, match="did not answer"):
            await connect(Settings.from_environment({"DATABASE_URL": url})).start()


def test_without_a_database_it_says_which_command_brings_one() -> None:
    with pytest.raises(CannotStart, match="leeward serve"):
        connect(Settings.from_environment({}))
