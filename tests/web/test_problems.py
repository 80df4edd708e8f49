from __future__ import annotations

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
    [(b"", None), (b"{", None), (b"[]", None), (b'{"text": 1}', "text"), (b"{}", None)],
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
    assert problem["detail"]


async def test_another_method_is_told_which_there_are(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.delete("/api/words")
    assert answer.status_code == 405
    assert "POST" in answer.headers["allow"]
    assert answer.json()["code"] == "method-not-allowed"


async def test_more_than_is_taken_at_once_is_refused_whether_announced_or_not(visitor: httpx.AsyncClient) -> None:
    async def drops() -> object:
        for _ in range(40):
            yield b" " * 100

    for content in (b" " * 2000, drops()):
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
