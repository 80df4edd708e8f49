"""What the report screen asks before somebody reports."""

from __future__ import annotations

from collections.abc import AsyncGenerator

import httpx
import pytest

from tests.accounts.a_life import syncs
from tests.accounts.conftest import Town, new_account
from tests.accounts.conftest import town as accounts_town

__all__ = ["accounts_town"]

NOBODY: dict[str, object] = {"readBy": None, "parted": []}


@pytest.fixture
async def phones(accounts_town: Town) -> AsyncGenerator[list[httpx.AsyncClient]]:
    """Of ada, ben and cleo, each signed in."""
    async with accounts_town.browser() as ada, accounts_town.browser() as ben, accounts_town.browser() as cleo:
        yield [ada, ben, cleo]


async def test_former_buddies_are_named_to_each_other_and_to_nobody_else(phones: list[httpx.AsyncClient]) -> None:
    accounts: list[str] = []
    for phone, name in zip(phones, ("ada", "ben", "cleo"), strict=True):
        accounts.append((await phone.post("/api/accounts", json=new_account(name))).json()["account"]["id"])
        assert (await phone.get("/api/reports")).json() == NOBODY
    ada, ben, cleo = phones
    secret = (await ada.post("/api/invitations", json={"name": "Ada"})).json()["secret"]
    pair = (await ben.post("/api/invitations/accepted", json={"secret": secret, "name": "Ben"})).json()["pair"]
    assert (await ada.get("/api/reports")).json() == NOBODY
    await syncs(ben, accounts[1], ("pairs.end", {"pair": pair}))
    for phone, name in ((ada, "Ben"), (ben, "Ada")):
        [parted] = (await phone.get("/api/reports")).json()["parted"]
        assert (parted["pair"], parted["name"]) == (pair, name)
    assert (await cleo.get("/api/reports")).json() == NOBODY
