"""Accounts on a real database, and browsers that keep cookies in front of the real server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import httpx
import pytest
from litestar.types import ASGIApp

from app.accounts.passwords import Passwords
from app.accounts.rules import CONSENT_VERSION
from app.accounts.service import Accounts, Entered, Visit
from app.asgi import create_app
from app.db import Database, connect
from app.settings import Settings

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
PASSWORD = "harbour lamp 41"
NEW_PASSWORD = "seven maples, one dog"
ORIGIN = "http://127.0.0.1:8000"
VAPID_KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAACo"


LITTLE_MEMORY = 64
"""KiB for a hash: how much the real server takes is tested for itself."""


class CountedPasswords(Passwords):
    """The real thing with less memory, which says how often it hashed and against what."""

    def __init__(self) -> None:
        super().__init__(memory_kib=LITTLE_MEMORY)
        self.done: list[str] = []

    async def hash(self, password: str) -> str:
        self.done.append("hash")
        return await super().hash(password)

    async def matches(self, password: str, hashed: str | None) -> bool:
        self.done.append("match")
        return await super().matches(password, hashed)


@dataclass
class House:
    """Accounts, with what they told the streams, and shortcuts for what most tests begin with."""

    accounts: Accounts
    database: Database
    passwords: CountedPasswords
    ended: list[UUID] = field(default_factory=list[UUID])

    async def sign_up(
        self, name: str = "ada", visit: Visit | None = None, password: str = PASSWORD
    ) -> tuple[Entered, list[str]]:
        return await self.accounts.sign_up(
            visit or Visit("192.0.2.1"),
            name,
            password,
            adult=True,
            consent=CONSENT_VERSION,
            label="Pixel",
            now=NOW,
        )

    async def sign_in(
        self, name: str = "ada", password: str = PASSWORD, visit: Visit | None = None, now: datetime = NOW
    ) -> Entered:
        return await self.accounts.sign_in(visit or Visit("192.0.2.1"), name, password, label="Firefox", now=now)

    async def rows(self, statement: str, *arguments: object) -> list[dict[str, Any]]:
        async with self.database.connection() as connection:
            return [dict(row) for row in await connection.fetch(statement, *arguments)]

    async def change(self, statement: str, *arguments: object) -> None:
        async with self.database.connection() as connection:
            await connection.execute(statement, *arguments)


@pytest.fixture
async def house(database: Database) -> AsyncGenerator[House]:
    passwords = CountedPasswords()
    ended: list[UUID] = []
    yield House(Accounts(database, passwords, ended.append), database, passwords, ended)
    await passwords.close()


@asynccontextmanager
async def running(app: ASGIApp) -> AsyncGenerator[None]:
    """Start an ASGI app as a server does, and stop it at the end."""
    told: asyncio.Queue[Any] = asyncio.Queue()
    said: asyncio.Queue[Any] = asyncio.Queue()
    scope: Any = {"type": "lifespan", "asgi": {"version": "3.0", "spec_version": "2.0"}, "state": {}}

    async def serve() -> None:
        await app(scope, told.get, said.put)

    server = asyncio.create_task(serve())
    await told.put({"type": "lifespan.startup"})
    assert (await said.get())["type"] == "lifespan.startup.complete"
    yield
    await told.put({"type": "lifespan.shutdown"})
    assert (await said.get())["type"] == "lifespan.shutdown.complete"
    await server


@dataclass
class Town:
    """The real server, and the database behind it."""

    app: ASGIApp
    database: Database
    origin: str

    def browser(self, address: str = "192.0.2.1") -> httpx.AsyncClient:
        """A browser with an empty cookie jar, at this address."""
        transport = httpx.ASGITransport(app=self.app, client=(address, 40000))  # pyright: ignore[reportArgumentType]
        return httpx.AsyncClient(transport=transport, base_url=self.origin, headers={"Origin": self.origin})

    async def rows(self, statement: str, *arguments: object) -> list[dict[str, Any]]:
        async with self.database.connection() as connection:
            return [dict(row) for row in await connection.fetch(statement, *arguments)]

    async def change(self, statement: str, *arguments: object) -> None:
        async with self.database.connection() as connection:
            await connection.execute(statement, *arguments)


@asynccontextmanager
async def open_town(database_url: str, **environment: str) -> AsyncGenerator[Town]:
    alone = {"LEEWARD_WORKER": "off", "LEEWARD_VAPID_PRIVATE_KEY": VAPID_KEY}
    settings = Settings.from_environment(
        {"DATABASE_URL": database_url, "LEEWARD_ORIGIN": ORIGIN, **alone, **environment}
    )
    database = connect(settings)
    app = create_app(settings, database, Passwords(memory_kib=LITTLE_MEMORY))
    async with running(app):
        yield Town(app, database, settings.origin)


@pytest.fixture
async def town(database_url: str) -> AsyncGenerator[Town]:
    async with open_town(database_url) as opened:
        yield opened


def new_account(name: str = "ada", **given: object) -> dict[str, object]:
    """What a phone sends to sign up."""
    return {
        "name": name,
        "password": PASSWORD,
        "adult": True,
        "consent": CONSENT_VERSION,
        "deviceLabel": "Pixel",
    } | given
