"""Answers of a sync over HTTP: packed where that saves something, and nothing else is."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.accounts.conftest import new_account, open_town
from tests.sync.phone import check_in


class Ada:
    """A member, signed in on one phone."""

    def __init__(self, browser: httpx.AsyncClient, owner: str) -> None:
        self.browser = browser
        self.owner = owner

    async def sync(self, check_ins: int, accept_encoding: str | None) -> tuple[httpx.Response, bytes]:
        """The answer, and its body as it was sent."""
        changes = [
            {
                "number": number,
                "id": str(uuid4()),
                "name": "check_ins.record",
                "args": check_in(note="Walked to the sea."),
            }
            for number in range(1, check_ins + 1)
        ]
        request = {
            "device": str(uuid4()),
            "owner": self.owner,
            "sentAt": "2026-11-22T08:00:00.000Z",
            "mutations": changes,
        }
        headers = {"Accept-Encoding": accept_encoding} if accept_encoding else {}
        async with self.browser.stream("POST", "/api/sync", json=request, headers=headers) as answer:
            assert answer.status_code == 200
            sent = [part async for part in answer.aiter_raw()]
        return answer, b"".join(sent)


@pytest.fixture
async def ada(database_url: str) -> AsyncGenerator[Ada]:
    async with open_town(database_url) as town, town.browser() as browser:
        del browser.headers["Accept-Encoding"]
        answer = await browser.post("/api/accounts", json=new_account())
        assert "content-encoding" not in answer.headers, "the recovery codes are in it"
        yield Ada(browser, answer.json()["account"]["id"])


def read(answer: httpx.Response, body: bytes) -> Any:  # noqa: ANN401 - JSON
    return json.loads(b"".join(httpx.Response(200, headers=answer.headers, content=body).iter_bytes()))


@pytest.mark.parametrize("takes", ["gzip", "br, gzip;q=0.5", "*"])
async def test_a_long_answer_is_packed_for_a_phone_that_takes_it(ada: Ada, takes: str) -> None:
    answer, body = await ada.sync(100, takes)
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-length"] == str(len(body))
    assert answer.headers["vary"] == "accept-encoding"
    assert answer.headers["content-type"] == "application/json"
    assert len(read(answer, body)["rows"]) == 100
    print(f"100 rows: {len(body)} bytes packed, {len(json.dumps(read(answer, body)))} plain")


@pytest.mark.parametrize("takes", [None, "identity", "br", "gzip;q=0"])
async def test_a_long_answer_is_plain_for_one_that_does_not(ada: Ada, takes: str | None) -> None:
    answer, body = await ada.sync(100, takes)
    assert "content-encoding" not in answer.headers
    assert len(json.loads(body)["rows"]) == 100


async def test_the_answer_to_one_check_in_is_not_worth_it(ada: Ada) -> None:
    answer, body = await ada.sync(1, "gzip")
    assert "content-encoding" not in answer.headers
    assert len(json.loads(body)["rows"]) == 1
