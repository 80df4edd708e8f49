"""How far each of a pair has got what the other said. Marks only go forward, and tell of "seen" only by choice."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import asyncpg

from app.spaces.open_space import OpenSpace

# By version, for which there is an index: the last comes first.
_LAST = """
SELECT GREATEST(
    (SELECT version FROM message WHERE space_id = $1 AND sent_by = other.me ORDER BY version DESC LIMIT 1),
    (SELECT version FROM signal WHERE space_id = $1 AND sent_by = other.me ORDER BY version DESC LIMIT 1)
)
FROM membership other WHERE other.space_id = $1 AND other.me <> $2
"""

# Nothing is written where nothing has changed: a phone that marks what it got must not be told of its own mark.
_MARK = """
INSERT INTO reading AS r (space_id, id, version, deleted, written_at, received, seen)
VALUES (
    $1, $2, $3, false, $4, $5,
    CASE WHEN (SELECT show_seen FROM pair_choice WHERE pair_id = $1 AND id = $2 AND NOT deleted) THEN $6::bigint END
)
ON CONFLICT (space_id, id) DO UPDATE SET
    version = EXCLUDED.version, written_at = EXCLUDED.written_at,
    received = GREATEST(r.received, EXCLUDED.received), seen = GREATEST(r.seen, EXCLUDED.seen)
WHERE EXCLUDED.received > r.received OR EXCLUDED.seen > COALESCE(r.seen, -1)
"""

_HIDE = """
UPDATE reading SET version = $3, written_at = $4, seen = NULL WHERE space_id = $1 AND id = $2 AND seen IS NOT NULL
"""


async def mark(
    connection: asyncpg.Connection, pair: OpenSpace, me: UUID, received: int, seen: int | None, now: datetime
) -> None:
    """A phone of a member has got the space up to this version, and they have seen it up to that one.

    Never further than the last that the other said: marking the same again changes nothing.
    """
    last: int | None = await connection.fetchval(_LAST, pair.id, me)
    if last is None:
        return
    received = min(received, last)
    seen = None if seen is None else min(seen, received)
    status = await connection.execute(_MARK, pair.id, me, pair.version + 1, now, received, seen)
    if status != "INSERT 0 0":
        pair.next_version()


async def hide(connection: asyncpg.Connection, pair: OpenSpace, me: UUID, now: datetime) -> None:
    """The other learns no more what a member has seen, nor what they have seen before."""
    status = await connection.execute(_HIDE, pair.id, me, pair.version + 1, now)
    if status != "UPDATE 0":
        pair.next_version()
