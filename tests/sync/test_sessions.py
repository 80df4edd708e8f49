"""Who is acting in a sync: the session is looked at in the statement that opens the device, and holds as anywhere."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from uuid import UUID, uuid4

import httpx
import pytest

from tests.accounts.conftest import Town, new_account, open_town
from tests.sync.phone import check_in


@dataclass
class Ada:
    """A member, signed in on one phone, and the server that she is a member of."""

    town: Town
    browser: httpx.AsyncClient
    owner: UUID

    async def sync(self, owner: UUID | None = None) -> httpx.Response:
        """Send one check-in."""
        change = {"number": 1, "id": str(uuid4()), "name": "check_ins.record", "args": check_in()}
        request = {
            "device": str(uuid4()),
            "owner": str(owner or self.owner),
            "sentAt": "2026-11-22T08:00:00.000Z",
            "mutations": [change],
        }
        return await self.browser.post("/api/sync", json=request)

    async def stored(self) -> int:
        return len(await self.town.rows("SELECT FROM check_in"))

    async def session(self, changed: str) -> None:
        await self.town.change(f"UPDATE session SET {changed}")


@pytest.fixture
async def ada(database_url: str) -> AsyncGenerator[Ada]:
    async with open_town(database_url) as town, town.browser() as browser:
        entered = await browser.post("/api/accounts", json=new_account())
        yield Ada(town, browser, UUID(entered.json()["account"]["id"]))


async def test_what_a_phone_sends_is_taken(ada: Ada) -> None:
    answer = await ada.sync()
    assert (answer.status_code, answer.json()["outcome"], answer.json()["last"]) == (200, "ok", 1)
    assert await ada.stored() == 1


@pytest.mark.parametrize(
    ("changed", "status", "code"),
    [
        ("signed_out_at = now()", 401, "signed-out"),
        ("seen_at = now() - interval '401 days'", 401, "signed-out"),
        ("held_until = now() + interval '1 hour'", 503, "try-again"),
        ("token_hash = '\\x00'", 401, "signed-out"),
    ],
)
async def test_a_session_that_is_not_in_order_sends_nothing(ada: Ada, changed: str, status: int, code: str) -> None:
    await ada.session(changed)
    answer = await ada.sync()
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert await ada.stored() == 0
    assert await ada.town.rows("SELECT FROM sync_device") == []


async def test_a_device_that_was_ended_is_told_so(ada: Ada) -> None:
    await ada.town.change(
        "WITH gone AS (DELETE FROM session RETURNING token_hash)"
        " INSERT INTO ended_token (token_hash, ended_at) SELECT token_hash, now() FROM gone"
    )
    answer = await ada.sync()
    assert (answer.status_code, answer.json()["code"]) == (401, "device-ended")
    assert await ada.stored() == 0


async def test_one_account_sends_nothing_with_the_session_of_another(ada: Ada) -> None:
    async with ada.town.browser() as other:
        ben = UUID((await other.post("/api/accounts", json=new_account("ben"))).json()["account"]["id"])
    answer = await ada.sync(owner=ben)
    assert (answer.status_code, answer.json()["code"]) == (409, "another-account")
    assert await ada.stored() == 0


async def test_a_session_not_seen_for_a_while_is_taken_and_seen_again(ada: Ada) -> None:
    await ada.session("seen_at = now() - interval '2 days'")
    answer = await ada.sync()
    assert answer.status_code == 200
    assert "leeward=" in answer.headers["set-cookie"]
    assert await ada.stored() == 1
    assert await ada.town.rows("SELECT FROM session WHERE seen_at > now() - interval '1 hour'") != []


async def test_a_hold_that_is_over_holds_nobody(ada: Ada) -> None:
    await ada.session("held_until = now() - interval '1 second'")
    assert (await ada.sync()).status_code == 200
    assert await ada.stored() == 1
