"""Everything that falls due, in one table: who it is about is said by its kind and subject."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import asyncpg

CLAIM = """
SELECT kind, space_id, subject, due_at FROM due WHERE due_at <= $1 AND kind = ANY($3::text[])
ORDER BY due_at LIMIT $2 FOR UPDATE SKIP LOCKED
"""

PUT_OFF = """
UPDATE due SET due_at = later.due_at
FROM unnest($2::uuid[], $3::uuid[], $4::timestamptz[]) AS later (space_id, subject, due_at)
WHERE due.kind = $1 AND due.space_id = later.space_id AND due.subject = later.subject
"""

SET = """
INSERT INTO due (kind, space_id, subject, due_at)
SELECT $1, * FROM unnest($2::uuid[], $3::uuid[], $4::timestamptz[])
ON CONFLICT (kind, space_id, subject) DO UPDATE SET due_at = EXCLUDED.due_at
"""

BRING_FORWARD = """
INSERT INTO due (kind, space_id, subject, due_at)
SELECT $1, * FROM unnest($2::uuid[], $3::uuid[], $4::timestamptz[])
ON CONFLICT (kind, space_id, subject) DO UPDATE SET due_at = LEAST(due.due_at, EXCLUDED.due_at)
"""

FORGET = """
DELETE FROM due USING unnest($2::uuid[], $3::uuid[]) AS gone (space_id, subject)
WHERE due.kind = $1 AND due.space_id = gone.space_id AND due.subject = gone.subject
"""


@dataclass(frozen=True, slots=True)
class Due:
    """Something that fell due, or will; `due_at` in UTC."""

    space_id: UUID
    subject: UUID
    due_at: datetime


async def claim(connection: asyncpg.Connection, kinds: Sequence[str], most: int, now: datetime) -> dict[str, list[Due]]:
    """What is due by now of these kinds, at most so many: this transaction's alone until it ends."""
    claimed: dict[str, list[Due]] = {}
    for row in await connection.fetch(CLAIM, now, most, kinds):
        claimed.setdefault(row["kind"], []).append(Due(row["space_id"], row["subject"], row["due_at"]))
    return claimed


async def set_due(connection: asyncpg.Connection, kind: str, dues: Sequence[Due]) -> None:
    """These fall due then; whatever was said of them before does not count any more."""
    if dues:
        await connection.execute(SET, kind, *_columns(dues), [due.due_at for due in dues])


async def bring_forward(connection: asyncpg.Connection, kind: str, dues: Sequence[Due]) -> None:
    """These fall due then, or before if that was said already."""
    if dues:
        await connection.execute(BRING_FORWARD, kind, *_columns(dues), [due.due_at for due in dues])


async def put_off(connection: asyncpg.Connection, kind: str, dues: Sequence[Due]) -> None:
    """Claimed ones fall due again, then."""
    if dues:
        await connection.execute(PUT_OFF, kind, *_columns(dues), [due.due_at for due in dues])


async def forget(connection: asyncpg.Connection, kind: str, subjects: Iterable[tuple[UUID, UUID]]) -> None:
    """These do not fall due any more: pairs of space and subject."""
    gone = list(subjects)
    if gone:
        await connection.execute(FORGET, kind, [space for space, _ in gone], [subject for _, subject in gone])


async def next_due_at(connection: asyncpg.Connection, kinds: Sequence[str]) -> datetime | None:
    """When the next of these kinds falls due; None: nothing does."""
    return await connection.fetchval("SELECT min(due_at) FROM due WHERE kind = ANY($1::text[])", kinds)


async def due_at_of(connection: asyncpg.Connection, kind: str, space_id: UUID) -> dict[UUID, datetime]:
    """When each of this kind in a space falls due, by subject."""
    rows = await connection.fetch("SELECT subject, due_at FROM due WHERE kind = $1 AND space_id = $2", kind, space_id)
    return {row["subject"]: row["due_at"] for row in rows}


def _columns(dues: Sequence[Due]) -> tuple[list[UUID], list[UUID]]:
    return [due.space_id for due in dues], [due.subject for due in dues]
