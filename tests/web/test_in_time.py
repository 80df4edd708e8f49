"""A body that does not come to its end: the request ends, and the connection with it."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest

from app.web.in_time import InTime
from tests.web.conftest import api


class Caller:
    """Somebody who sends what a test says, then no more, but stays on the line."""

    def __init__(self, *messages: dict[str, Any], announced: bytes | None = b"15") -> None:
        self.messages = list(messages)
        self.hang_up = asyncio.Event()
        self.heard: list[dict[str, Any]] = []
        self.scope: Any = {
            "type": "http",
            "method": "POST",
            "path": "/api/words",
            "raw_path": b"/api/words",
            "root_path": "",
            "query_string": b"",
            "headers": [(b"content-type", b"application/json")]
            + ([] if announced is None else [(b"content-length", announced)]),
            "client": ("192.0.2.1", 40000),
            "server": ("127.0.0.1", 8000),
            "scheme": "http",
            "http_version": "1.1",
            "extensions": {},
        }

    async def receive(self) -> Any:  # noqa: ANN401
        if not self.messages:
            await self.hang_up.wait()
            return {"type": "http.disconnect", "code": "hung up by itself"}
        return self.messages.pop(0)

    async def send(self, message: Any) -> None:  # noqa: ANN401
        self.heard.append(message)


BEGINNING = {"type": "http.request", "body": b'{"text":', "more_body": True}
END = {"type": "http.request", "body": b' "tea"}', "more_body": False}


@pytest.mark.parametrize("sent", [[], [BEGINNING]])
async def test_a_body_that_does_not_come_ends_the_request_without_a_fault(
    sent: list[dict[str, Any]], caplog: pytest.LogCaptureFixture
) -> None:
    caller = Caller(*sent)
    async with asyncio.timeout(60):
        await InTime(api(), within=0)(caller.scope, caller.receive, caller.send)
    assert caller.heard[0]["status"] == 408
    assert (b"connection", b"close") in caller.heard[0]["headers"]
    assert [record for record in caplog.records if record.levelno > logging.INFO] == []


async def test_a_body_that_comes_in_time_is_read_and_nothing_is_said_of_the_connection() -> None:
    caller = Caller(BEGINNING, END)
    await InTime(api(), within=60)(caller.scope, caller.receive, caller.send)
    assert caller.heard[0]["status"] == 201
    assert b"connection" not in dict(caller.heard[0]["headers"])


@pytest.mark.parametrize("announced", [b"15", b"0", None])
async def test_once_everything_has_come_or_where_nothing_was_announced_there_is_no_hurry(
    announced: bytes | None,
) -> None:
    caller = Caller(END, announced=announced)
    heard: list[Any] = []

    async def listens(_scope: object, receive: Any, _send: object) -> None:  # noqa: ANN401
        heard.extend([await receive(), await receive()])

    listening = asyncio.create_task(InTime(listens, within=0)(caller.scope, caller.receive, caller.send))
    for _ in range(10):  # turns of the loop, in each of which a deadline that is over would be noticed
        await asyncio.sleep(0)
    caller.hang_up.set()
    async with asyncio.timeout(60):
        await listening
    assert heard == [END, {"type": "http.disconnect", "code": "hung up by itself"}]
