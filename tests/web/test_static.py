from __future__ import annotations

import gzip
from pathlib import Path

import httpx
import pytest

from app.web.front_door import FrontDoor
from app.web.negotiation import best_encoding
from app.web.static import Frontend
from tests.web.conftest import ORIGIN, api, client_of, settings

SCRIPT = "/assets/app-B1c2D3e4.js"


async def raw(client: httpx.AsyncClient, path: str, **headers: str) -> tuple[httpx.Response, bytes]:
    """The answer and its bytes as they were sent, not unpacked."""
    async with client.stream(
        "GET", path, headers={name.replace("_", "-"): text for name, text in headers.items()}
    ) as r:
        return r, b"".join([part async for part in r.aiter_raw()])


@pytest.mark.parametrize(
    ("accepted", "sent"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("GZIP;q=1.0", "gzip"),
        ("*", "br"),
        ("*;q=0", "identity"),
        ("br;q=nonsense", "identity"),
        ("deflate", "identity"),
        ("", "identity"),
        (None, "identity"),
    ],
)
def test_the_smallest_form_that_the_browser_takes_is_sent(accepted: str | None, sent: str) -> None:
    header = None if accepted is None else accepted.encode()
    assert best_encoding(header, {"identity", "br", "gzip"}) == sent


def test_a_form_that_was_not_built_is_not_sent() -> None:
    assert best_encoding(b"br, gzip", {"identity", "gzip"}) == "gzip"
    assert best_encoding(b"br, gzip", {"identity"}) == "identity"


async def test_assets_come_packed_and_are_kept_for_ever(visitor: httpx.AsyncClient, built: Path) -> None:
    answer, body = await raw(visitor, SCRIPT, accept_encoding="gzip, br")
    assert body == b"brotli"
    assert answer.headers["content-encoding"] == "br"
    assert answer.headers["vary"] == "accept-encoding"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    answer, body = await raw(visitor, SCRIPT, accept_encoding="gzip")
    assert gzip.decompress(body) == (built / SCRIPT[1:]).read_bytes()
    answer, body = await raw(visitor, SCRIPT, accept_encoding="identity")
    assert "content-encoding" not in answer.headers
    assert body == (built / SCRIPT[1:]).read_bytes()


async def test_what_the_browser_has_is_not_sent_again(visitor: httpx.AsyncClient) -> None:
    first, _ = await raw(visitor, SCRIPT, accept_encoding="br")
    again, body = await raw(visitor, SCRIPT, accept_encoding="br", if_none_match=f'"x", W/{first.headers["etag"]}')
    assert (again.status_code, body) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert again.headers["cache-control"] == first.headers["cache-control"]
    assert "content-type" not in again.headers
    other, _ = await raw(visitor, SCRIPT, accept_encoding="gzip", if_none_match=first.headers["etag"])
    assert other.status_code == 200, "another form has another ETag"


@pytest.mark.parametrize("path", ["/", "/index.html", "/sw.js", "/manifest.webmanifest"])
async def test_what_names_the_newest_build_is_asked_for_every_time(visitor: httpx.AsyncClient, path: str) -> None:
    answer = await visitor.get(path)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "path", ["/", "/history", "/history/2026-11-22", "/me/devices", "/help/IE", "/?source=shortcut"]
)
async def test_every_screen_is_the_app(visitor: httpx.AsyncClient, path: str) -> None:
    answer = await visitor.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "<title>Leeward</title>" in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/assets/app-00000000.js",
        "/assets/",
        "/assets/app-B1c2D3e4.js.br",
        "/assets/app-B1c2D3e4.js/",
        "/sw.js/",
        "/robots.txt",
        "/.env",
        "/.git/config",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/assets/..%2f..%2f..%2fsecret.txt",
        "/..%5csecret.txt",
        "/%00.html",
        "/api",
        "/api/nothing",
        "/schema",
        "/schema/swagger",
        "/health",
        "/health/nothing",
    ],
)
async def test_what_is_not_there_is_never_the_app(visitor: httpx.AsyncClient, path: str) -> None:
    answer = await visitor.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.json()["code"] == "not-found"


async def test_head_is_get_without_a_body(visitor: httpx.AsyncClient) -> None:
    head, get = await visitor.head("/"), await visitor.get("/")
    assert head.content == b""
    assert head.headers == get.headers


async def test_the_app_can_only_be_read(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.put("/sw.js")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD"


async def test_an_app_that_was_not_built_says_so(tmp_path: Path) -> None:
    door = FrontDoor(api(), Frontend.load(tmp_path / "nothing"), settings())
    async with client_of(door, ORIGIN) as client:
        answer = await client.get("/")
        assert answer.status_code == 404
        assert "make run" in answer.json()["detail"]
