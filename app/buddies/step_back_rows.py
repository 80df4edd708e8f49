"""Stepping back: a member wants nothing from any buddy for a time, and nobody is told."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID, uuid5

import asyncpg

from app.errors import Refused
from app.spaces.open_space import OpenSpace

_IDS: Final = UUID("6f9619ff-8b86-5d11-b42d-00c04fc964ff")
STEP_BACK_ID: Final = uuid5(_IDS, "step_back")
"""The id of a journal's one row: the same on every phone, so that two phones offline write the same row."""

_LONGEST: Final = timedelta(days=400)

_SET = """
INSERT INTO step_back (space_id, id, version, deleted, written_at, until) VALUES ($1, $2, $3, false, $4, $5)
ON CONFLICT (space_id, id) DO UPDATE SET
    version = EXCLUDED.version, deleted = false, written_at = EXCLUDED.written_at, until = EXCLUDED.until
"""

_END = """
UPDATE step_back SET version = $3, deleted = true, written_at = $4, until = NULL
WHERE space_id = $1 AND id = $2 AND NOT deleted
"""

_BACK = """
SELECT m.account_id, b.until FROM membership m JOIN step_back b ON b.space_id = m.space_id AND NOT b.deleted
WHERE m.account_id = ANY($1::uuid[]) AND m.role = 'owner' AND (b.until IS NULL OR b.until > $2)
"""


async def begin(connection: asyncpg.Connection, journal: OpenSpace, until: datetime | None, now: datetime) -> None:
    """A member steps back until then, or (None) until they say; saying it again replaces it.

    Raises:
        Refused: `invalid`, when it is further off than a year.
    """
    if until is not None and until > now + _LONGEST:
        raise Refused("invalid")
    await connection.execute(_SET, journal.id, STEP_BACK_ID, journal.next_version(), now, until)


async def end(connection: asyncpg.Connection, journal: OpenSpace, now: datetime) -> None:
    """A member is there again."""
    status = await connection.execute(_END, journal.id, STEP_BACK_ID, journal.version + 1, now)
    if status != "UPDATE 0":
        journal.next_version()


async def stepped_back(
    connection: asyncpg.Connection, account_ids: Collection[UUID], now: datetime
) -> dict[UUID, datetime | Literal["open-ended"]]:
    """Which of these members have stepped back, and until when."""
    rows = await connection.fetch(_BACK, list(account_ids), now)
    return {row["account_id"]: row["until"] or "open-ended" for row in rows}
