from __future__ import annotations

import httpx
from litestar import Litestar

from app.db import Database
from app.web.health import Check, health
from tests.web.conftest import client_of


def looking_at(database: Database, **more: Check) -> httpx.AsyncClient:
    return client_of(Litestar([health(database, more)], openapi_config=None, logging_config=None))


async def test_a_server_whose_database_is_up_to_date_is_ready(database: Database) -> None:
    async with looking_at(database) as client:
        answer = await client.get("/health/ready")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ready", "checks": {"database": None, "migrations": None}}


async def test_an_older_database_is_not_ready_and_says_what_to_do(database: Database) -> None:
    async with database.transaction() as connection:
        await connection.execute("DELETE FROM migration WHERE id = (SELECT max(id) FROM migration)")
    async with looking_at(database) as client:
        answer = await client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["status"] == "not-ready"
    assert answer.json()["checks"]["migrations"] == "Not up to date: `leeward migrate` runs what is missing (1)."


async def test_without_its_database_a_server_is_alive_and_not_ready(database: Database) -> None:
    await database.close()
    async with looking_at(database) as client:
        ready, live = await client.get("/health/ready"), await client.get("/health/live")
    assert ready.status_code == 503
    assert ready.json()["checks"]["database"]
    assert (live.status_code, live.json()) == (200, {"status": "alive"})


async def test_further_parts_are_looked_at_too(database: Database) -> None:
    async def asleep() -> str | None:
        return "The worker has not been seen for 5 minutes."

    async with looking_at(database, worker=asleep) as client:
        answer = await client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json()["checks"]["worker"].startswith("The worker")


async def test_a_remark_is_told_and_turns_nobody_away(database: Database) -> None:
    async def asleep() -> str | None:
        return "The worker has not been seen for 5 minutes."

    async def broken() -> str | None:
        raise RuntimeError("canary")

    api = Litestar(
        [health(database, remarks={"worker": asleep, "other": broken})], openapi_config=None, logging_config=None
    )
    async with client_of(api) as client:
        answer = await client.get("/health/ready")
    assert (answer.status_code, answer.json()["status"]) == (200, "ready")
    assert answer.json()["checks"]["worker"].startswith("The worker")
    assert answer.json()["checks"]["other"] == "Does not answer (RuntimeError)."
