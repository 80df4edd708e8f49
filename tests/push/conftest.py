"""Members with devices, a push service on this machine, and the real deliverer between them."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from app import clock
from app.db import Database
from app.push import service, trial
from app.push.kinds import NewDelivery, PushKind
from app.push.rules import Keys
from app.push.sender import Sender
from app.push.vapid import Signer, VapidKeys
from app.settings import Settings
from app.spaces import service as spaces
from app.spaces.actor import Actor
from app.worker.deliverer import Deliverer
from tests.accounts.conftest import VAPID_KEY, town
from tests.push.local_push_service import Device, LocalPushService, local_push_service

__all__ = ["town"]

ORIGIN = "https://leeward.example"
CONTACT = "mailto:operator@leeward.example"


async def until(look: Callable[[], Any], within: float = 30.0) -> Any:  # noqa: ANN401 - whatever it finds
    """Wait until `look` (maybe a coroutine) finds something."""
    deadline = asyncio.get_running_loop().time() + within
    while True:
        found = look()
        if asyncio.iscoroutine(found):
            found = await found
        if found:
            return found
        if asyncio.get_running_loop().time() > deadline:
            raise AssertionError(f"it did not come true within {within:.0f} seconds: {look}")
        await asyncio.sleep(0.02)


@dataclass
class Harbour:
    """A database with members and their devices, and a push service that they subscribed with."""

    database: Database
    pushes: LocalPushService
    keys: VapidKeys

    async def member(self, name: str = "ada") -> Actor:
        account_id, session_id = uuid4(), uuid4()
        async with self.database.transaction() as connection:
            await connection.execute(
                "INSERT INTO account"
                " (id, name, name_key, password_hash, adult_confirmed_at, consent_version, created_at)"
                " VALUES ($1, $2, $2, '-', $3, '2026-11', $3)",
                account_id,
                name,
                clock.now(),
            )
            journal = await spaces.create_journal(connection, account_id, clock.now())
        actor = Actor(account_id, session_id, journal)
        await self.session(actor)
        return actor

    async def session(self, actor: Actor) -> None:
        async with self.database.connection() as connection:
            await connection.execute(
                "INSERT INTO session (id, account_id, token_hash, known_hash, label, created_at, seen_at)"
                " VALUES ($1, $2, $3, '', 'Phone', $4, $4)",
                actor.session_id,
                actor.account_id,
                secrets.token_bytes(32),
                clock.now(),
            )

    async def other_phone(self, actor: Actor) -> Actor:
        other = Actor(actor.account_id, uuid4(), actor.journal_id)
        await self.session(other)
        return other

    async def subscribe(self, actor: Actor, device: Device | None = None) -> Device:
        device = device or self.pushes.device()
        keys = Keys(device.p256dh, device.auth, self.keys.key.public)
        async with self.database.transaction() as connection:
            await service.subscribe(connection, actor, device.endpoint, keys, "Europe/Berlin", clock.now())
        return device

    async def due(self, actor: Actor, kind: str = trial.NAME, **given: Any) -> bytes:  # noqa: ANN401
        """Something is due for all devices of a member; its key."""
        now = clock.now()
        key: bytes = given.pop("key", None) or secrets.token_bytes(24)
        times: dict[str, Any] = {"due_at": now, "expires_at": now + timedelta(hours=2)}
        delivery = NewDelivery(account_id=actor.account_id, key=key, kind=kind, **(times | given))
        async with self.database.transaction() as connection:
            await service.enqueue(connection, [delivery], now)
        return key

    async def due_again(self, actor: Actor) -> bool:
        """The same; False while the database is not there again."""
        try:
            await self.due(actor)
        except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError):
            return False
        return True

    @asynccontextmanager
    async def delivering(
        self,
        *kinds: PushKind,
        patience: float = 10.0,
        first_pause: float = 5.0,
        hosts: Sequence[str] = (),
        now: Callable[[], datetime] = clock.now,
        heartbeat: timedelta = timedelta(seconds=2),
    ) -> AsyncGenerator[Deliverer]:
        allowed = [self.pushes.origin, *hosts]
        sender = Sender(allowed, Signer(self.keys, CONTACT), patience=patience, first_pause=first_pause)
        every = kinds or (trial.KIND,)
        async with Deliverer(self.database, every, sender, ORIGIN, now=now, heartbeat=heartbeat) as deliverer:
            yield deliverer

    async def rows(self, statement: str, *arguments: object) -> list[dict[str, Any]]:
        async with self.database.connection() as connection:
            return [dict(row) for row in await connection.fetch(statement, *arguments)]

    async def change(self, statement: str, *arguments: object) -> None:
        async with self.database.connection() as connection:
            await connection.execute(statement, *arguments)

    async def ledger(self) -> list[tuple[str, str | None]]:
        return [(row["state"], row["reason"]) for row in await self.rows("SELECT * FROM push_delivery ORDER BY due_at")]

    async def all_done(self) -> bool:
        waiting = "SELECT 1 FROM push_delivery WHERE state = 'waiting' UNION ALL SELECT 1 FROM pgqueuer LIMIT 1"
        return not await self.rows(waiting)


@pytest.fixture
def keys() -> VapidKeys:
    return VapidKeys(Settings.from_environment({"LEEWARD_VAPID_PRIVATE_KEY": VAPID_KEY}))


@pytest.fixture
async def pushes(keys: VapidKeys) -> AsyncGenerator[LocalPushService]:
    async with local_push_service() as service:
        service.key = keys.key.public
        yield service


@pytest.fixture
def harbour(database: Database, pushes: LocalPushService, keys: VapidKeys) -> Harbour:
    return Harbour(database, pushes, keys)
