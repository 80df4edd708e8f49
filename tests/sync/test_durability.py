"""Servers and databases that are killed: nothing acknowledged is lost, nothing is applied twice."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
import pytest

from app.embedded_postgres import EmbeddedPostgres
from app.migrations import migrate
from app.settings import Settings
from tests.e2e.server import Server, running_server
from tests.sync.phone import check_in

pytestmark = pytest.mark.long

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 60.0
NOT_ANSWERED = (httpx.TransportError, httpx.HTTPStatusError)


@dataclass
class Caller:
    """A phone that speaks HTTP, keeps what waits, and notes what was acknowledged."""

    browser: httpx.AsyncClient
    owner: str = ""
    device: str = field(default_factory=lambda: str(uuid4()))
    number: int = 0
    waiting: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    acknowledged: list[str] = field(default_factory=list[str])
    rows: dict[str, dict[str, Any]] = field(default_factory=dict[str, dict[str, Any]])

    async def sign_up(self, name: str) -> None:
        account = {"name": name, "password": "harbour lamp 41", "adult": True, "consent": "2026-11"}
        answer = await self.browser.post("/api/accounts", json=account)
        answer.raise_for_status()
        self.owner = answer.json()["account"]["id"]

    def tap(self) -> None:
        self.number += 1
        args = check_in()
        self.waiting.append({"number": self.number, "id": str(uuid4()), "name": "check_ins.record", "args": args})

    async def sync(self) -> dict[str, Any]:
        request = {
            "device": self.device,
            "owner": self.owner,
            "sentAt": "2026-11-22T08:00:00.000Z",
            "mutations": self.waiting[:100],
        }
        answer = await self.browser.post("/api/sync", json=request)
        answer.raise_for_status()
        reply: dict[str, Any] = answer.json()
        assert reply["outcome"] == "ok"
        assert (reply["refusals"], reply["fault"]) == ([], None)
        self.acknowledged += [each["args"]["id"] for each in self.waiting if each["number"] <= reply["last"]]
        self.waiting = [each for each in self.waiting if each["number"] > reply["last"]]
        self.rows = {row["id"]: row for row in reply["rows"]}
        return reply

    async def sync_until_answered(self) -> None:
        async with asyncio.timeout(PATIENCE):
            while True:
                with suppress(*NOT_ANSWERED):
                    await self.sync()
                    return
                await asyncio.sleep(0.05)

    def has_everything_once(self) -> None:
        assert self.waiting == []
        assert sorted(self.rows) == sorted(self.acknowledged)
        assert sorted(row["version"] for row in self.rows.values()) == list(range(1, self.number + 1))


@pytest.fixture
async def server(postgres: EmbeddedPostgres, tmp_path: Path) -> AsyncGenerator[Server]:
    async with running_server(postgres, tmp_path, ROOT) as running:
        yield running


@pytest.fixture
async def ada(server: Server) -> AsyncGenerator[Caller]:
    async with server.visitor() as browser:
        caller = Caller(browser)
        await caller.sign_up("ada")
        yield caller


@asynccontextmanager
async def held(server: Server, statement: str) -> AsyncGenerator[asyncpg.Connection]:
    """Something locked by somebody else, so that the server waits just there."""
    async with server.database() as other:
        transaction = other.transaction()
        await transaction.start()
        await other.execute(statement)
        yield other
        await transaction.rollback()


@asynccontextmanager
async def commits_unconfirmed(postgres: EmbeddedPostgres, server: Server) -> AsyncGenerator[None]:
    """PostgreSQL commits, and does not say so to this server: it waits for a standby that there is not."""
    superuser = await asyncpg.connect(postgres.superuser_url)
    try:
        database = server.database_url.rpartition("/")[2].partition("?")[0]
        await superuser.execute(f"ALTER DATABASE {database} SET synchronous_commit = on")
        await superuser.execute(END_CONNECTIONS, database)
        await superuser.execute("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
        await superuser.execute("SELECT pg_reload_conf()")
        yield
    finally:
        await superuser.execute("ALTER SYSTEM RESET synchronous_standby_names")
        await superuser.execute("SELECT pg_reload_conf()")
        await superuser.close()


async def until(connection: asyncpg.Connection, question: str) -> None:
    """Ask the database until it says yes."""
    async with asyncio.timeout(PATIENCE):
        while not await connection.fetchval(question):
            pass


ONE_IS_AT_WORK = (
    "SELECT count(*) > 0 FROM pg_stat_activity"
    " WHERE application_name = 'leeward' AND datname = current_database() AND state <> 'idle'"
)
A_CHECK_IN_IS_COMMITTED_AND_NOBODY_KNOWS = (
    "SELECT count(*) = 1 FROM pg_stat_activity JOIN pg_locks USING (pid)"
    " WHERE wait_event = 'SyncRep' AND relation = 'check_in'::regclass AND mode = 'RowExclusiveLock'"
)
END_CONNECTIONS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND application_name = 'leeward'"
)
A_BACKEND_WAITS = (
    "SELECT count(*) > 0 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
)


async def test_a_server_killed_before_the_commit_has_changed_nothing(server: Server, ada: Caller) -> None:
    ada.tap()
    async with held(server, "SELECT 1 FROM space FOR UPDATE"), server.database() as look:
        sending = asyncio.ensure_future(ada.sync())
        await until(look, A_BACKEND_WAITS)
        await server.kill()
        with pytest.raises(httpx.TransportError):
            await sending
    async with server.database() as look:
        await until(look, "SELECT count(*) = 0 FROM pg_stat_activity WHERE application_name = 'leeward'")
        assert await look.fetchval("SELECT count(*) FROM check_in") == 0
    await server.start()
    await ada.sync()
    ada.has_everything_once()


async def test_a_server_killed_between_the_commit_and_the_reply_applies_nothing_twice(
    server: Server, ada: Caller, postgres: EmbeddedPostgres
) -> None:
    ada.tap()
    async with commits_unconfirmed(postgres, server), server.database() as look:
        sending = asyncio.ensure_future(ada.sync())
        await until(look, A_CHECK_IN_IS_COMMITTED_AND_NOBODY_KNOWS)
        await server.kill()
        with pytest.raises(httpx.TransportError):
            await sending
    async with server.database() as look:
        await until(look, "SELECT count(*) = 1 FROM check_in")
    assert ada.acknowledged == []
    await server.start()
    await ada.sync()
    ada.has_everything_once()


async def test_a_reply_that_is_lost_on_the_way_applies_nothing_twice(server: Server, ada: Caller) -> None:
    ada.tap()
    reply = server.gate.hold_reply("POST /api/sync")
    sending = asyncio.ensure_future(ada.sync())
    await reply.arrived()
    reply.lose()
    with pytest.raises(httpx.TransportError):
        await sending
    await ada.sync()
    ada.has_everything_once()


async def test_backends_terminated_under_load_lose_and_double_nothing(server: Server) -> None:
    enough = asyncio.Event()
    async with callers(server, 4) as phones:
        at_work = asyncio.gather(*(tapping_until(phone, enough) for phone in phones))
        async with server.database() as other:
            for _ in range(25):
                await until(other, ONE_IS_AT_WORK)
                await other.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE application_name = 'leeward' AND datname = current_database() ORDER BY random() LIMIT 3"
                )
        enough.set()
        await at_work
        for phone in phones:
            phone.has_everything_once()


async def test_a_server_killed_again_and_again_under_load_loses_and_doubles_nothing(server: Server) -> None:
    async with callers(server, 4) as phones:
        at_work = asyncio.gather(*(tapping(phone, 60) for phone in phones))
        for so_many in (20, 80, 140):
            async with server.database() as look:
                await until(look, f"SELECT count(*) >= {so_many} FROM check_in")
            await server.kill()
            await server.start()
        await at_work
        for phone in phones:
            await phone.sync_until_answered()
            phone.has_everything_once()


async def test_a_database_stopped_hard_under_load_keeps_all_that_was_acknowledged(tmp_path: Path) -> None:
    folder = tmp_path / "durable"
    with EmbeddedPostgres(folder) as postgres:
        await migrate(Settings.from_environment({"DATABASE_URL": postgres.url}))
        async with running_server(postgres, tmp_path / "server", ROOT) as server, callers(server, 4) as phones:
            at_work = asyncio.gather(*(tapping(phone, 40) for phone in phones))
            for so_many in (20, 60, 100):
                async with server.database() as look:
                    await until(look, f"SELECT count(*) >= {so_many} FROM check_in")
                postmaster = int((folder / "postgres" / "postmaster.pid").read_text().split()[0])
                os.kill(postmaster, signal.SIGKILL)
                await until_it_answers(server)
            await at_work
            for phone in phones:
                await phone.sync_until_answered()
                phone.has_everything_once()


async def until_it_answers(server: Server) -> None:
    async with asyncio.timeout(PATIENCE):
        while True:
            with suppress(OSError, asyncpg.PostgresError):
                async with server.database() as look:
                    await look.fetchval("SELECT 1")
                    return
            await asyncio.sleep(0.05)


@asynccontextmanager
async def callers(server: Server, count: int) -> AsyncGenerator[list[Caller]]:
    phones = [Caller(server.visitor()) for _ in range(count)]
    for number, phone in enumerate(phones):
        await phone.sign_up(f"member {number}")
    yield phones
    for phone in phones:
        await phone.browser.aclose()


async def tapping(phone: Caller, times: int) -> None:
    """Tap and sync, whatever happens to the server meanwhile."""
    for _ in range(times):
        phone.tap()
        await phone.sync_until_answered()


async def tapping_until(phone: Caller, enough: asyncio.Event) -> None:
    """Tap and sync until it is enough, whatever happens to the server meanwhile."""
    while not enough.is_set():
        await tapping(phone, 1)
