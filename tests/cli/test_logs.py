import asyncio
import gc
import io
import logging
from collections.abc import Generator

import asyncpg
import pytest
from litestar.types import HTTPResponseBodyEvent, HTTPResponseStartEvent, Receive, Scope, Send
from litestar.types.asgi_types import HTTPScope

from app import logs
from app.db import Database

CANARY = "Kanarienvogel"


@pytest.fixture
def written() -> Generator[io.StringIO]:
    """What is logged during the test."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.PlainFormatter())
    root = logging.getLogger()
    root.addHandler(handler)
    access = logging.getLogger("leeward.access")
    before = access.level
    access.setLevel(logging.INFO)
    yield stream
    access.setLevel(before)
    root.removeHandler(handler)


def stumble() -> None:
    int(CANARY)


def test_an_exception_is_told_by_its_type_and_place_never_by_its_message(written: io.StringIO) -> None:
    try:
        try:
            stumble()
        except ValueError as error:
            raise ExceptionGroup(CANARY, [error, KeyError(CANARY)]) from error
    except ExceptionGroup:
        logging.getLogger("app.test").exception("It went wrong")
    text = written.getvalue()
    assert "error app.test: It went wrong" in text
    for told in ("ValueError", "KeyError", "ExceptionGroup", "which led to", "test_logs.py", "stumble"):
        assert told in text
    assert CANARY not in text


async def test_what_postgres_quotes_is_not_repeated(database: Database, written: io.StringIO) -> None:
    async with database.connection() as connection:
        await connection.execute("CREATE TABLE word (word text CONSTRAINT unique_word PRIMARY KEY)")
        await connection.execute("INSERT INTO word VALUES ($1)", CANARY)
        with pytest.raises(asyncpg.UniqueViolationError, match=CANARY) as raised:
            await connection.execute("INSERT INTO word VALUES ($1)", CANARY)
    logging.getLogger("app.test").error("It went wrong", exc_info=raised.value)
    text = written.getvalue()
    assert "UniqueViolationError sqlstate=23505 constraint=unique_word table=word" in text
    assert CANARY not in text


def test_a_task_that_nobody_waited_for_is_told_without_what_it_was_given(written: io.StringIO) -> None:
    async def fail(word: str) -> None:
        raise ValueError(word)

    async def run() -> None:
        task = asyncio.create_task(fail(CANARY))
        await asyncio.wait([task])

    asyncio.run(run())
    gc.collect()
    text = written.getvalue()
    assert "error asyncio: Task exception was never retrieved" in text
    assert CANARY not in text


async def request(app: logs.AccessLog, path: str, method: str = "GET") -> None:
    scope: HTTPScope = {  # pyright: ignore[reportAssignmentType] - what the log looks at
        "type": "http",
        "method": method,
        "path": path,
        "query_string": CANARY.encode(),
        "headers": [(b"cookie", CANARY.encode())],
    }

    async def receive() -> None: ...

    async def send(_: object) -> None: ...

    await app(scope, receive, send)  # pyright: ignore[reportArgumentType]


def answering(status: int, template: str | None) -> logs.AccessLog:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if template is not None:
            scope["path_template"] = template
        start: HTTPResponseStartEvent = {"type": "http.response.start", "status": status, "headers": []}
        body: HTTPResponseBodyEvent = {"type": "http.response.body", "body": b"", "more_body": False}
        await send(start)
        await send(body)

    return logs.AccessLog(app)


@pytest.mark.parametrize(
    ("status", "template", "told"),
    [
        (200, "/api/account/devices/{device_id:uuid}", "route=/api/account/devices/{device_id:uuid} status=200 ms="),
        (200, None, "route=app status=200 ms="),
        (404, None, "route=- status=404 ms="),
    ],
)
async def test_a_request_is_one_line_with_the_routes_pattern(
    written: io.StringIO, status: int, template: str | None, told: str
) -> None:
    await request(answering(status, template), f"/check-ins/{CANARY}")
    (line,) = written.getvalue().splitlines()
    assert f"info leeward.access: method=GET {told}" in line
    assert CANARY not in line


async def test_health_checks_are_not_worth_a_line(written: io.StringIO) -> None:
    await request(answering(200, "/health/ready"), "/health/ready")
    assert written.getvalue() == ""


async def test_a_request_that_fails_has_its_line_too(written: io.StringIO) -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        stumble()

    with pytest.raises(ValueError, match=CANARY):
        await request(logs.AccessLog(app), "/", "POST")
    assert "method=POST route=app status=0 ms=" in written.getvalue()
