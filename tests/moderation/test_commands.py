"""`leeward reports …` as whoever runs the server uses it, and what `leeward doctor` says."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from uuid import uuid4

import asyncpg
import pytest

from app.db import Database
from app.moderation import service
from tests import commands
from tests.buddies.conftest import Pair

# Each starts Leeward as a process.
pytestmark = pytest.mark.long

Leeward = Callable[..., Awaitable[tuple[int, str]]]


@pytest.fixture
def leeward(database_url: str) -> Leeward:
    async def run(*words: str, **settings: str) -> tuple[int, str]:
        return await asyncio.to_thread(commands.leeward, *words, DATABASE_URL=database_url, **settings)

    return run


async def sends(pair: Pair, text: str) -> None:
    args = {"id": str(uuid4()), "pair": pair.id, "category": "threat", "text": text}
    pair.his.queue("reports.send", args)
    assert (await pair.his.talk()).refusals == []


async def test_the_operator_lists_shows_and_closes(leeward: Leeward, pair: Pair) -> None:
    assert await leeward("reports", "list") == (0, "No report waits.\n")
    await sends(pair, "Ada scares me.")
    code, said = await leeward("reports", "list")
    assert code == 0
    assert "threat  (waits; copied: 0)" in said
    assert "scares" not in said
    number = said.split()[0]
    code, said = await leeward("reports", "show", number)
    assert code == 0
    assert "  | Ada scares me." in said
    assert "About:  ada" in said
    assert (await leeward("reports", "close", number))[0] == 2
    assert (await leeward("reports", "close", number, "boring"))[0] == 2
    code, said = await leeward("reports", "close", number, "passed-on", "--text", "To the police.")
    assert (code, said.splitlines()[0]) == (
        0,
        f"Report {number} is closed. The reporter is told: it was read, and passed on to somebody who can help.",
    )
    assert await leeward("reports", "close", number, "acted") == (1, f"leeward: Report {number} was closed before.\n")
    assert await leeward("reports", "list") == (0, "No report waits.\n")
    assert "threat  (closed: passed-on; copied: 0)" in (await leeward("reports", "list", "--all"))[1]
    assert await leeward("reports", "show", "4711") == (1, "leeward: There is no report 4711.\n")


async def test_doctor_names_those_that_wait_and_a_server_where_nobody_is_named(
    leeward: Leeward, pair: Pair, database: Database, look: asyncpg.Connection
) -> None:
    named = {"LEEWARD_REPORTS_READ_BY": "two coordinators"}
    assert "ok     No report waits to be read." in (await leeward("doctor", **named))[1]
    assert "note   LEEWARD_REPORTS_READ_BY is empty" in (await leeward("doctor"))[1]
    await sends(pair, "Ada scares me.")
    code, said = await leeward("doctor", **named)
    assert "1 report waits to be read, the oldest since 2026-11-22: `leeward reports list`." in said
    await look.execute("UPDATE report SET sent_at = sent_at - interval '4 days'")
    code, said = await leeward("doctor", **named)
    assert "WRONG  1 report waits to be read" in said
    assert code == 1
    assert (await service.waiting(look)).count == 1
