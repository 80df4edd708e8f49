"""What a member can do with their preferences."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import asyncpg

from app.preferences import rules
from app.spaces.open_space import OpenSpace

LANGUAGE = "en"
"""Of whoever has chosen none."""


SET = """
INSERT INTO preference (space_id, id, version, deleted, written_at, key, value) VALUES ($1, $2, $3, false, $4, $5, $6)
ON CONFLICT (space_id, id) DO UPDATE SET
    version = EXCLUDED.version, written_at = EXCLUDED.written_at, value = EXCLUDED.value
"""

LANGUAGES_OF = """
SELECT membership.account_id, preference.value
FROM membership JOIN preference ON preference.space_id = membership.space_id
WHERE membership.account_id = ANY($1::uuid[]) AND membership.role = 'owner' AND preference.id = $2
    AND NOT preference.deleted
"""


async def languages_of(connection: asyncpg.Connection, account_ids: Collection[UUID]) -> dict[UUID, str]:
    """The language that each of these members has chosen, "en" or "de"; who chose none is left out."""
    rows = await connection.fetch(LANGUAGES_OF, list(account_ids), rules.row_id("language"))
    return {row["account_id"]: row["value"] for row in rows}


async def set_preference(
    connection: asyncpg.Connection, journal: OpenSpace, key: str, value: str, now: datetime
) -> None:
    """A member has chosen; the choice that arrives last counts.

    Raises:
        Refused: `invalid` for an unknown preference or value.
    """
    rules.check(key, value)
    await connection.execute(SET, journal.id, rules.row_id(key), journal.next_version(), now, key, value)
