"""Sync, rule 12: who is told to pull, and what happens when the telling breaks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import AsyncExitStack, suppress
from uuid import UUID, uuid4

import pytest

from app.db import Database
from app.errors import Unavailable
from app.spaces.actor import Actor
from app.sync.pokes import CHANNEL, Pokes, Said
from app.sync.service import Sync
from tests.sync.phone import Phone, check_in

PATIENCE = 20.0


@pytest.fixture
async def pokes(sync: Sync) -> AsyncGenerator[Pokes]:
    await sync.pokes.start()
    await until_listening(sync.database)
    yield sync.pokes
    await sync.pokes.close()


async def until_listening(database: Database, *, but_not: int = 0) -> int:
    """Wait until one connection listens, and say which: its process id."""
    async with asyncio.timeout(PATIENCE), database.connection() as connection:
        while True:
            pid = await connection.fetchval(
                "SELECT pid FROM pg_stat_activity"
                " WHERE datname = current_database() AND query = $1 AND state = 'idle' AND pid <> $2",
                f'LISTEN "{CHANNEL}"',
                but_not,
            )
            if pid:
                return pid
            await asyncio.sleep(0)


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while True:
            if condition():
                return
            await asyncio.sleep(0)


async def hear(stream: AsyncIterator[Said]) -> Said:
    async with asyncio.timeout(PATIENCE):
        return await anext(stream)


def stream_of(pokes: Pokes, actor: Actor, device: UUID | None = None) -> AsyncIterator[Said]:
    return pokes.stream(actor.account_id, actor.session_id, device or uuid4())


async def test_a_stream_begins_with_a_pull(pokes: Pokes, ada: Actor) -> None:
    assert await hear(stream_of(pokes, ada)) == "pull"


async def test_a_change_tells_the_members_other_phones_and_not_the_one_that_wrote(
    pokes: Pokes, phone: Phone, cleo: Actor
) -> None:
    own, other, outsider = (
        stream_of(pokes, phone.actor, phone.device),
        stream_of(pokes, phone.actor),
        stream_of(pokes, cleo),
    )
    for stream in (own, other, outsider):
        await hear(stream)
    waiting = [asyncio.ensure_future(anext(stream)) for stream in (own, outsider)]
    phone.queue("check_ins.record", check_in())
    await phone.talk()
    assert await hear(other) == "pull"
    pokes.end_session(phone.actor.session_id)
    pokes.end_session(cleo.session_id)
    assert await asyncio.gather(*waiting) == ["end", "end"], "nothing else was said to them before"


async def test_a_phone_that_wrote_nothing_new_tells_nobody(pokes: Pokes, phone: Phone) -> None:
    other = stream_of(pokes, phone.actor)
    await hear(other)
    phone.queue("check_ins.delete", {"id": str(uuid4())})
    await phone.talk()
    pokes.end_session(phone.actor.session_id)
    assert await hear(other) == "end"


async def test_two_processes_reach_each_others_phones(pokes: Pokes, phone: Phone, database: Database) -> None:
    elsewhere = Pokes(database)
    pid = await until_listening(database)
    await elsewhere.start()
    await until_listening(database, but_not=pid)
    stream = stream_of(elsewhere, phone.actor)
    await hear(stream)
    phone.queue("check_ins.record", check_in())
    await phone.talk()
    assert await hear(stream) == "pull"
    await elsewhere.close()


async def test_after_a_lost_connection_it_listens_again_and_everybody_pulls(
    pokes: Pokes, ada: Actor, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.sync.pokes.AGAIN", 0)
    stream = stream_of(pokes, ada)
    await hear(stream)
    pid = await until_listening(database)
    async with database.connection() as connection:
        await connection.execute("SELECT pg_terminate_backend($1)", pid)
    assert await hear(stream) == "pull"
    assert await until_listening(database, but_not=pid) != pid


async def test_a_quiet_stream_shows_that_it_lives(pokes: Pokes, ada: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = stream_of(pokes, ada)
    await hear(stream)
    monkeypatch.setattr("app.sync.pokes.HEARTBEAT", 0.001)
    assert await hear(stream) == "heartbeat"


async def test_closing_ends_every_stream(pokes: Pokes, ada: Actor) -> None:
    stream = stream_of(pokes, ada)
    await hear(stream)
    ending = asyncio.ensure_future(anext(stream, None))
    await asyncio.sleep(0)
    await pokes.close()
    assert await ending is None


async def test_what_could_not_be_told_is_told_when_the_database_has_a_connection_again(
    pokes: Pokes, phone: Phone, database: Database, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("app.sync.pokes.AGAIN", 0)
    monkeypatch.setattr("app.db_pool.WAIT_TIMEOUT", 0.001)
    leaving, staying = stream_of(pokes, phone.actor), pokes.stream(phone.actor.account_id, uuid4(), uuid4())
    for stream in (leaving, staying):
        await hear(stream)
    async with AsyncExitStack() as all_of_them:
        with suppress(Unavailable):
            while True:
                await all_of_them.enter_async_context(database.connection())
        pokes.end_session(phone.actor.session_id)
        pokes.written([phone.actor.journal_id], by=phone.device)
        await until(lambda: "could not tell" in caplog.text)
    assert await hear(leaving) == "end"
    assert await hear(staying) == "pull"


async def test_closing_closes_even_when_a_loop_had_failed(
    pokes: Pokes, ada: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = stream_of(pokes, ada)
    await hear(stream)
    ending = asyncio.ensure_future(anext(stream, None))
    await asyncio.sleep(0)
    running = len(asyncio.all_tasks())
    monkeypatch.setattr("app.sync.pokes.GATHER", "a mistake")
    pokes.end_session(uuid4())
    await until(lambda: len(asyncio.all_tasks()) < running)
    await pokes.close()
    assert await ending is None


async def test_a_session_has_three_streams_and_the_oldest_ends_for_a_fourth(
    pokes: Pokes, ada: Actor, phone: Phone, cleo: Actor
) -> None:
    others = stream_of(pokes, cleo)
    mine = [stream_of(pokes, ada) for _ in range(4)]
    for stream in (others, *mine):
        assert await hear(stream) == "pull"
    assert await hear(mine[0]) == "end"
    assert await anext(mine[0], None) is None
    phone.queue("check_ins.record", check_in())
    await phone.talk()
    for stream in mine[1:]:
        assert await hear(stream) == "pull"
    pokes.written([cleo.journal_id], by=uuid4())
    assert await hear(others) == "pull"
