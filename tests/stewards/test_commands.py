"""`leeward steward …` as whoever runs the server uses it."""

from __future__ import annotations

import asyncio

import pytest

from tests.commands import leeward
from tests.push.conftest import Harbour

# Each starts Leeward as a process.
pytestmark = pytest.mark.long


async def steward(harbour: Harbour, *words: str) -> tuple[int, str]:
    return await asyncio.to_thread(leeward, "steward", *words, DATABASE_URL=harbour.database.url)


async def test_the_operator_names_stewards_and_takes_it_back(harbour: Harbour) -> None:
    await harbour.member("ada")
    assert await steward(harbour, "list") == (
        0,
        "This server has no steward yet: `leeward steward add NAME` makes a member one.\n",
    )
    assert await steward(harbour, "add", "Ada") == (0, "Ada is a steward of this server now.\n")
    assert await steward(harbour, "add", "ada") == (0, "ada is a steward already.\n")
    [row] = await harbour.rows("SELECT since FROM steward")
    assert await steward(harbour, "list") == (0, f"ada, since {row['since']:%Y-%m-%d}\n")
    assert await steward(harbour, "remove", "ada") == (0, "ada is no steward any more.\n")
    assert await steward(harbour, "remove", "ada") == (0, "ada is no steward.\n")
    assert await harbour.rows("SELECT 1 FROM steward") == []


@pytest.mark.parametrize("command", ["add", "remove"])
async def test_somebody_unknown_is_said_to_be(harbour: Harbour, command: str) -> None:
    assert await steward(harbour, command, "nobody") == (1, "leeward: Nobody here signs in as 'nobody'.\n")
    assert (await steward(harbour, command))[0] == 2
