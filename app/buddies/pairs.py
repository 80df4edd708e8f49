"""Pairs: two members who both said yes. Begun, named, ended, and kept apart."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import asyncpg

from app.buddies import parting, rules
from app.errors import Conflict
from app.spaces import service as spaces
from app.spaces.open_space import OpenSpace

_HOLD = "SELECT id FROM account WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE"

_SPACE_OF = """
SELECT a.space_id FROM membership a
JOIN membership b ON b.space_id = a.space_id AND b.account_id = $2
JOIN space ON space.id = a.space_id AND space.kind = 'pair'
WHERE a.account_id = $1
"""

_MOST_OF = """
SELECT COALESCE(max(pairs.count), 0) FROM (
    SELECT count(*) FROM membership JOIN space ON space.id = membership.space_id AND space.kind = 'pair'
    WHERE membership.account_id = ANY($1::uuid[]) GROUP BY membership.account_id
) AS pairs
"""

_ROW_OF = "SELECT me FROM membership WHERE account_id = $1 AND space_id = $2"

_IS_BLOCKED = """
SELECT true FROM block WHERE (account_id = $1 AND blocked_id = $2) OR (account_id = $2 AND blocked_id = $1) LIMIT 1
"""

_BLOCK = "INSERT INTO block (account_id, blocked_id, created_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"

_ADD = """
INSERT INTO buddy (space_id, id, version, deleted, written_at, name)
SELECT $1, id, version, false, $2, name FROM unnest($3::uuid[], $4::text[]) WITH ORDINALITY AS b (id, name, version)
"""

_RENAME = """
UPDATE buddy SET version = $3, written_at = $4, name = $5
FROM membership WHERE membership.space_id = buddy.space_id AND membership.me = buddy.id
    AND membership.account_id = $2 AND buddy.space_id = $1
"""


async def hold(connection: asyncpg.Connection, accounts: Collection[UUID]) -> bool:
    """Keep these accounts as they are until the transaction ends; False when one of them is gone.

    Whoever begins a pair holds both, and so does whoever blocks: one comes after the other, and sees what it did.
    """
    return len(await connection.fetch(_HOLD, list(accounts))) == len(accounts)


async def is_blocked(connection: asyncpg.Connection, one: UUID, other: UUID) -> bool:
    """Whether one of the two wants nothing more to do with the other."""
    return bool(await connection.fetchval(_IS_BLOCKED, one, other))


async def are_buddies(connection: asyncpg.Connection, one: UUID, other: UUID) -> bool:
    """Whether two accounts have a pair."""
    return await connection.fetchval(_SPACE_OF, one, other) is not None


async def begin(connection: asyncpg.Connection, names: dict[UUID, str], now: datetime) -> UUID:
    """Two accounts, which the transaction holds, are buddies now, each called by its name; returns their space.

    Raises:
        Conflict: `already-buddies`, `too-many-buddies`.
    """
    accounts = list(names)
    if await are_buddies(connection, *accounts):
        raise Conflict("already-buddies", "You two are buddies already.")
    if await connection.fetchval(_MOST_OF, accounts) >= rules.MOST_BUDDIES:
        raise Conflict("too-many-buddies", "One of you has eight buddies already, and more are too many.")
    space_id, members = await spaces.create_pair(connection, accounts, now)
    await connection.execute(_ADD, space_id, now, members, [names[account] for account in accounts])
    return space_id


async def row_of(connection: asyncpg.Connection, account_id: UUID, pair_id: UUID) -> UUID:
    """Who a member is in their pair: the id of their row."""
    return await connection.fetchval(_ROW_OF, account_id, pair_id)


async def rename(connection: asyncpg.Connection, account_id: UUID, pair: OpenSpace, name: str, now: datetime) -> None:
    """A member is called otherwise by this buddy from now on."""
    await connection.execute(_RENAME, pair.id, account_id, pair.next_version(), now, name)


async def end(connection: asyncpg.Connection, pair: OpenSpace, now: datetime) -> list[UUID]:
    """It is over, at once: nothing of it is left but that they parted, for a while. Returns whose it was."""
    await parting.write(connection, pair.id, now)
    return await spaces.delete_pair(connection, pair.id)


async def block(connection: asyncpg.Connection, account_id: UUID, others: Collection[UUID], now: datetime) -> None:
    """Neither will find the other again. The transaction holds the accounts."""
    await connection.executemany(_BLOCK, [(account_id, other, now) for other in others])
