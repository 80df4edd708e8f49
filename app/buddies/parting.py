"""Who parted from whom in the last 14 days: only so that somebody who is no longer a buddy can still be reported."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import asyncpg
from msgspec import Struct

from app.buddies import rules

_WRITE = """
INSERT INTO parting (pair_id, account_id, other_id, other_me, name, ended_at)
SELECT m.space_id, m.account_id, other.account_id, other.me, buddy.name, $2
FROM membership m
JOIN membership other ON other.space_id = m.space_id AND other.account_id <> m.account_id
JOIN buddy ON buddy.space_id = other.space_id AND buddy.id = other.me
WHERE m.space_id = $1
"""

_FIND = """
SELECT pair_id, other_id, other_me, name, ended_at FROM parting
WHERE account_id = $1 AND pair_id = $2 AND ended_at > $3
"""

# Whoever is a buddy again is reported as one.
_ALL = """
SELECT p.pair_id, p.other_id, p.other_me, p.name, p.ended_at FROM parting p
WHERE p.account_id = $1 AND p.ended_at > $2 AND NOT EXISTS (
    SELECT FROM membership a JOIN membership b ON b.space_id = a.space_id AND b.account_id = p.other_id
    WHERE a.account_id = p.account_id AND a.role = 'buddy'
)
ORDER BY p.ended_at DESC, p.pair_id
"""


class Parting(Struct, frozen=True):
    """Somebody who was a buddy: the account, who they were in the pair, and how they were called there."""

    pair_id: UUID
    other_id: UUID
    other_me: UUID
    name: str
    ended_at: datetime


async def write(connection: asyncpg.Connection, pair_id: UUID, now: datetime) -> None:
    """The two of a pair part, while its rows are still there."""
    await connection.execute(_WRITE, pair_id, now)


async def find(connection: asyncpg.Connection, account_id: UUID, pair_id: UUID, now: datetime) -> Parting | None:
    """Whom a member parted from in that pair; None: it was none of theirs, or too long ago."""
    row = await connection.fetchrow(_FIND, account_id, pair_id, now - rules.PARTED_ARE_REMEMBERED)
    return None if row is None else Parting(**row)


async def all_of(connection: asyncpg.Connection, account_id: UUID, now: datetime) -> Sequence[Parting]:
    """Whom a member parted from lately, the last first."""
    rows = await connection.fetch(_ALL, account_id, now - rules.PARTED_ARE_REMEMBERED)
    return [Parting(**row) for row in rows]


async def prune(connection: asyncpg.Connection, now: datetime) -> None:
    """After 14 days it is forgotten."""
    await connection.execute("DELETE FROM parting WHERE ended_at <= $1", now - rules.PARTED_ARE_REMEMBERED)
