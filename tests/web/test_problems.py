from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from tests.web.conftest import api, client_of


async def test_our_own_errors_are_problems_with_a_code(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.get("/api/words/tea")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json() == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": "That word is not there.",
        "code": "no-such-word",
        "field": "word",
    }


async def test_too_often_says_when_to_come_back(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.get("/api/words/often")
    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "60"
    assert "field" not in answer.json()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (b"", None),
        (b"{", None),
        (b"[]", None),
        (b'{"text": 1}', "text"),
        (b'{"text": "tea", "kind": "true"}', "kind"),
        (b"{}", None),
        (b"[" * 1100, None),
        (b'{"text": "\xff"}', None),
        (b'{"text": "\\ud83d"}', None),
        (b'{"\xff": 1}', None),
    ],
)
async def test_what_does_not_fit_is_refused_in_words(
    visitor: httpx.AsyncClient, body: bytes, field: str | None
) -> None:
    answer = await visitor.post("/api/words", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["code"] == "invalid"
    assert problem.get("field") == field
    assert problem["detail"].startswith(("Expected", "Object missing", "This is not JSON", "This needs a body"))


async def test_another_method_is_told_which_there_are(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.delete("/api/words")
    assert answer.status_code == 405
    assert "POST" in answer.headers["allow"]
    assert answer.json()["code"] == "method-not-allowed"


async def test_more_than_is_taken_at_once_is_refused_whether_announced_or_not(visitor: httpx.AsyncClient) -> None:
    async def drops() -> object:
        for _ in range(80):
            yield b" " * 100

    for content in (b" " * 8000, drops()):
        answer = await visitor.post("/api/words", content=content, headers={"Content-Type": "application/json"})  # pyright: ignore[reportArgumentType]
        assert answer.status_code == 413
        assert answer.json()["code"] == "too-large"


async def test_what_breaks_is_told_apart_and_not_explained_to_strangers(caplog: pytest.LogCaptureFixture) -> None:
    async with client_of(api()) as client:
        answer = await client.get("/api/words/broken")
    assert answer.status_code == 500
    assert answer.json()["code"] == "server-fault"
    assert "canary" not in answer.text
    assert "GET /api/words/{word} failed" in caplog.text


@pytest.mark.parametrize("said", ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", None])
async def test_a_body_that_does_not_say_it_is_json_is_not_read(visitor: httpx.AsyncClient, said: str | None) -> None:
    async def drops() -> AsyncIterator[bytes]:
        yield b'{"text": "tea"}'

    for content in (b'{"text": "tea"}', drops()):
        answer = await visitor.post("/api/words", content=content, headers={"Content-Type": said} if said else None)
        assert (answer.status_code, answer.json()["code"]) == (415, "not-json")


@pytest.mark.parametrize("said", ["application/json", "Application/JSON; charset=utf-8"])
async def test_a_body_that_says_it_is_json_is_read(visitor: httpx.AsyncClient, said: str) -> None:
    answer = await visitor.post("/api/words", content=b'{"text": "tea"}', headers={"Content-Type": said})
    assert answer.status_code == 201


async def test_without_a_body_nothing_has_to_be_said_of_it(visitor: httpx.AsyncClient) -> None:
    assert (await visitor.post("/api/words")).status_code == 400
    assert (await visitor.delete("/api/words")).status_code == 405


async def test_a_phone_that_hangs_up_in_the_middle_is_nobodys_fault(caplog: pytest.LogCaptureFixture) -> None:
    scope: dict[str, Any] = {
        "type": "http",
        "method": "POST",
        "path": "/api/words",
        "raw_path": b"/api/words",
        "root_path": "",
        "query_string": b"",
        "headers": [(b"content-type", b"application/json"), (b"content-length", b"100")],
        "client": ("192.0.2.1", 40000),
        "server": ("127.0.0.1", 8000),
        "scheme": "http",
        "http_version": "1.1",
        "extensions": {},
    }
    heard: list[Any] = [
        {"type": "http.request", "body": b'{"te', "more_body": True},
        {"type": "http.disconnect"},
    ]
    said: list[Any] = []

    async def receive() -> Any:  # noqa: ANN401
        return heard.pop(0)

    async def send(message: Any) -> None:  # noqa: ANN401
        said.append(message)

    caplog.set_level(logging.INFO)
    await api()(scope, receive, send)  # pyright: ignore[reportArgumentType]
    assert said[0]["status"] == 408
    assert [record for record in caplog.records if record.levelno > logging.INFO or record.exc_info] == []
