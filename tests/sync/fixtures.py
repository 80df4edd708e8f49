from __future__ import annotations

from collections.abc import Awaitable, Callable
from uuid import uuid4

import pytest

from app.asgi import registry
from app.db import Database
from app.spaces import service as spaces
from app.spaces.actor import Actor
from app.sync.pokes import Pokes
from app.sync.service import Sync
from tests.sync.phone import NOW, Phone

Member = Callable[[str], Awaitable[Actor]]


@pytest.fixture
def sync(database: Database) -> Sync:
    return Sync(database, registry(), Pokes(database), build="test")


@pytest.fixture
def member(database: Database) -> Member:
    """Make a member with a journal: `await member("ada")`."""

    async def make(name: str) -> Actor:
        account_id = uuid4()
        async with database.transaction() as connection:
            await connection.execute(
                "INSERT INTO account"
                " (id, name, name_key, password_hash, adult_confirmed_at, consent_version, created_at)"
                " VALUES ($1, $2, $2, '-', $3, '2026-11', $3)",
                account_id,
                name,
                NOW,
            )
            journal_id = await spaces.create_journal(connection, account_id, NOW)
        return Actor(account_id, uuid4(), journal_id)

    return make


@pytest.fixture
async def ada(member: Member) -> Actor:
    return await member("ada")


@pytest.fixture
async def cleo(member: Member) -> Actor:
    return await member("cleo")


@pytest.fixture
def phone(sync: Sync, ada: Actor) -> Phone:
    return Phone(sync, ada)


@pytest.fixture
def second_phone(sync: Sync, ada: Actor) -> Phone:
    return Phone(sync, ada)
