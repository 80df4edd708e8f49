"""Stewards: members whom the operator trusts to look after the server. Who is one, and who not any more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg
from msgspec import Struct

from app.errors import NotFound

_ADD = "INSERT INTO steward (account_id, since) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING true"

_REMOVE = "DELETE FROM steward WHERE account_id = $1 RETURNING true"

_ALL = """
SELECT account.name, steward.since FROM steward JOIN account ON account.id = steward.account_id
ORDER BY steward.since, account.name
"""


class Steward(Struct, frozen=True):
    """Somebody who is one, by the name they sign in with: for the operator alone."""

    name: str
    since: datetime


async def add(connection: asyncpg.Connection, account_id: UUID, now: datetime) -> bool:
    """A member is a steward from now on. Whether they were none before."""
    return await connection.fetchval(_ADD, account_id, now) is not None


async def remove(connection: asyncpg.Connection, account_id: UUID) -> bool:
    """A member is no steward any more. Whether they were one."""
    return await connection.fetchval(_REMOVE, account_id) is not None


async def all_of_them(connection: asyncpg.Connection) -> Sequence[Steward]:
    """The operator sees who is one, the first first."""
    return [Steward(**row) for row in await connection.fetch(_ALL)]


async def is_steward(connection: asyncpg.Connection, account_id: UUID) -> bool:
    """Whether a member is one."""
    return await connection.fetchval("SELECT true FROM steward WHERE account_id = $1", account_id) is not None


async def require(connection: asyncpg.Connection, account_id: UUID) -> None:
    """Only a steward goes on. Raises `NotFound` "not-found", as an address does where there is nothing."""
    if not await is_steward(connection, account_id):
        raise NotFound("not-found", "There is nothing here.")
