"""Whether anybody wakes and delivers can be seen, and turns nobody away."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest

from app import clock
from app.asgi import create_app
from app.db import Database
from app.migrations import migrate_database
from app.settings import Settings
from app.worker import heartbeat
from app.worker.heartbeat import EVERY, GONE, Heart
from app.worker.waker import keep_waking
from tests.accounts.conftest import VAPID_KEY, running
from tests.cli.test_commands import on
from tests.push.conftest import Harbour, until
from tests.web.conftest import client_of


async def seen(database: Database) -> dict[str, datetime]:
    async with database.connection() as connection:
        return {row["does"]: row["seen_at"] for row in await connection.fetch("SELECT * FROM worker_seen")}


async def last_seen(database: Database, **ago: timedelta) -> None:
    async with database.connection() as connection:
        for does, how_long in ago.items():
            await connection.execute("INSERT INTO worker_seen VALUES ($1, $2)", does, clock.now() - how_long)


async def trouble(database: Database, *, works: bool = True) -> str | None:
    async with database.connection() as connection:
        return await heartbeat.trouble(connection, clock.now(), works=works)


async def test_the_deliverer_and_the_waker_are_seen(harbour: Harbour) -> None:
    assert (await trouble(harbour.database) or "").startswith(
        "Not seen yet: nobody wakes reminders or delivers pushes."
    )
    async with harbour.delivering():
        await until(lambda: seen(harbour.database))
    assert (await trouble(harbour.database) or "").startswith("Not seen yet: nobody wakes reminders.")
    waker = asyncio.create_task(keep_waking(harbour.database, {}))
    await until(lambda: both(harbour.database))
    waker.cancel()
    assert await trouble(harbour.database) is None


async def both(database: Database) -> bool:
    return (await seen(database)).keys() == {"wakes", "delivers"}


async def test_a_loop_says_so_every_ten_seconds_and_also_when_the_clock_is_set_back(database: Database) -> None:
    heart, began = Heart("wakes"), clock.now()
    for after, known in (
        (timedelta(0), timedelta(0)),
        (EVERY / 2, timedelta(0)),
        (EVERY, EVERY),
        (-timedelta(hours=1), -timedelta(hours=1)),
    ):
        await heart.beat(database, began + after)
        assert await seen(database) == {"wakes": began + known}


@pytest.mark.parametrize(
    ("wakes", "delivers", "said"),
    [
        (GONE / 2, GONE / 2, None),
        (timedelta(minutes=5), GONE / 2, "Not seen for 5 minutes: nobody wakes reminders."),
        (GONE / 2, timedelta(minutes=7), "Not seen for 7 minutes: nobody delivers pushes."),
        (
            timedelta(minutes=5),
            timedelta(minutes=7),
            "Not seen for 5 minutes: nobody wakes reminders or delivers pushes.",
        ),
    ],
)
async def test_what_nobody_does_is_said_in_words(
    database: Database, wakes: timedelta, delivers: timedelta, said: str | None
) -> None:
    await last_seen(database, wakes=wakes, delivers=delivers)
    found = await trouble(database)
    assert found == (said and said + " Is the server just starting? Otherwise its log says why.")


@asynccontextmanager
async def server(database_url: str, **settings: str) -> AsyncGenerator[httpx.AsyncClient]:
    environment = {"DATABASE_URL": database_url, "LEEWARD_VAPID_PRIVATE_KEY": VAPID_KEY} | settings
    app = create_app(Settings.from_environment(environment), Database(database_url, 4))
    async with running(app), client_of(app) as client:
        yield client


async def readiness(client: httpx.AsyncClient) -> dict[str, Any]:
    answer = await client.get("/health/ready")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def works(client: httpx.AsyncClient) -> bool:
    return (await readiness(client))["checks"]["worker"] is None


async def test_a_server_that_wakes_and_delivers_says_so(database_url: str) -> None:
    async with server(database_url) as client:
        await until(lambda: works(client))


async def test_a_server_without_a_worker_is_ready_and_says_what_nobody_does(
    database_url: str, database: Database
) -> None:
    async with server(database_url, LEEWARD_WORKER="off") as client:
        found = await readiness(client)
        assert found["status"] == "ready"
        assert found["checks"] == {
            "database": None,
            "migrations": None,
            "worker": "Off: nobody wakes reminders or delivers pushes, for LEEWARD_WORKER is off and no"
            " `leeward worker` runs. Not seen yet.",
        }
        await last_seen(database, wakes=timedelta(0), delivers=timedelta(0))
        assert await works(client)


async def test_metrics_say_when_they_were_seen(database: Database) -> None:
    await last_seen(database, wakes=timedelta(0))
    async with database.connection() as connection:
        [metric] = await heartbeat.metrics(connection, clock.now())
    [sample] = metric.samples
    assert sample.labels == (("does", "wakes"),)
    assert sample.value == (await seen(database))["wakes"].timestamp()


async def test_doctor_says_it_too(database_url: str, database: Database) -> None:
    said = (await asyncio.to_thread(on, database_url, "doctor"))[1]
    assert "note   The worker: Not seen yet: nobody wakes reminders or delivers pushes." in said
    await last_seen(database, wakes=timedelta(0), delivers=timedelta(0))
    assert (
        "ok     Somebody wakes reminders and delivers pushes."
        in (await asyncio.to_thread(on, database_url, "doctor"))[1]
    )


async def test_a_database_of_before_keeps_what_it_has(harbour: Harbour) -> None:
    ada = await harbour.member()
    await harbour.subscribe(ada)
    await harbour.due(ada)
    await harbour.change("DROP TABLE worker_seen")
    await harbour.change("DELETE FROM migration WHERE name = '2026-11-22T13:10:00:000000'")
    assert await migrate_database(harbour.database) == ["2026-11-22T13:10:00:000000"]
    assert await seen(harbour.database) == {}
    assert await harbour.ledger() == [("waiting", None)]
