"""A server of its own for each test: the real front door and the real Litestar, with files made for the test."""

from __future__ import annotations

import gzip
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from litestar import Litestar, get, post
from litestar.params import FromPath, JSONBody
from litestar.types import ASGIApp
from msgspec import Struct

from app.errors import NotFound, TooMany
from app.settings import Settings
from app.web.bodies import BodyRequest
from app.web.front_door import FrontDoor
from app.web.openapi import openapi_config
from app.web.problems import exception_handlers
from app.web.static import Frontend

ORIGIN = "http://127.0.0.1:8000"


class Word(Struct):
    text: str
    kind: bool = False


@post("/api/words", status_code=201)
async def add_word(data: JSONBody[Word]) -> Word:
    return data


@get("/api/words/{word:str}")
async def find_word(word: FromPath[str]) -> Word:
    if word == "often":
        raise TooMany("too-often", "Wait a minute.", retry_after=60)
    if word == "broken":
        raise RuntimeError("canary")
    raise NotFound("no-such-word", "That word is not there.", field="word")


def api() -> Litestar:
    return Litestar(
        [add_word, find_word],
        exception_handlers=exception_handlers,
        openapi_config=openapi_config("leeward-session"),
        request_class=BodyRequest,
        request_max_body_size=4096,
        logging_config=None,
    )


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A folder like the one that the frontend's build leaves."""
    folder = tmp_path / "frontend"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>Leeward</title>")
    (folder / "sw.js").write_text("// the worker")
    (folder / "manifest.webmanifest").write_text("{}")
    script = b"export const weather = 'fair'\n" * 100
    (folder / "assets" / "app-B1c2D3e4.js").write_bytes(script)
    (folder / "assets" / "app-B1c2D3e4.js.gz").write_bytes(gzip.compress(script))
    # Not a real brotli stream: what matters is which file is sent, byte for byte.
    (folder / "assets" / "app-B1c2D3e4.js.br").write_bytes(b"brotli")
    (tmp_path / "secret.txt").write_text("not to be seen")
    return folder


def settings(origin: str = ORIGIN) -> Settings:
    return Settings.from_environment({"LEEWARD_ORIGIN": origin})


def client_of(app: ASGIApp, origin: str = ORIGIN) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=app)  # pyright: ignore[reportArgumentType]
    return httpx.AsyncClient(transport=transport, base_url=origin)


@pytest.fixture
async def visitor(built: Path) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody at the front door, on the right host."""
    door = FrontDoor(api(), Frontend.load(built), settings())
    async with client_of(door) as client:
        yield client
