"""What a buddy sees of a check-in: a row of its own in the pair's space, never the journal's.

The phone says what its screen promised; the agreement in force may take away from that, and never adds.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid5

import asyncpg
from msgspec import Struct

from app.buddies import rules
from app.buddies.rules import Level
from app.spaces.open_space import OpenSpace

# Nothing is written where the other would see nothing new: that something else was changed is nobody's business.
_SHOW = """
INSERT INTO shared_check_in AS s
    (space_id, id, version, deleted, written_at, shared_by, mood, feelings, note, clock_time, zone, level)
VALUES ($1, $2, $3, false, $4, $5, $6, $7, $8, $9, $10, $11)
ON CONFLICT (space_id, id) DO UPDATE SET
    version = EXCLUDED.version, deleted = false, written_at = EXCLUDED.written_at, mood = EXCLUDED.mood,
    feelings = EXCLUDED.feelings, note = EXCLUDED.note, clock_time = EXCLUDED.clock_time, zone = EXCLUDED.zone,
    level = EXCLUDED.level
WHERE (s.mood, s.feelings, s.note, s.clock_time, s.zone, s.level, s.deleted) IS DISTINCT FROM (
    EXCLUDED.mood, EXCLUDED.feelings, EXCLUDED.note, EXCLUDED.clock_time, EXCLUDED.zone, EXCLUDED.level, false
)
RETURNING xmax = 0
"""

_HIDE = """
UPDATE shared_check_in SET version = $3, deleted = true, written_at = $4, mood = NULL, feelings = '{}', note = NULL,
    clock_time = NULL, zone = NULL, level = NULL
WHERE space_id = $1 AND id = $2 AND NOT deleted
"""

# What a member shows more of than this, in the order in which it was shown, gets the pair's next versions.
_NARROW = """
WITH shown AS (
    SELECT id, $3::bigint + row_number() OVER (ORDER BY version) AS next FROM shared_check_in
    WHERE space_id = $1 AND shared_by = $2 AND NOT deleted
        AND array_position($6::text[], level) > $5::int + 1
)
UPDATE shared_check_in s SET
    version = shown.next, deleted = $5::int = 0, written_at = $4,
    mood = CASE WHEN $5::int >= 2 THEN s.mood END,
    feelings = CASE WHEN $5::int >= 3 THEN s.feelings ELSE '{}' END,
    note = CASE WHEN $5::int >= 4 THEN s.note END,
    clock_time = CASE WHEN $5::int >= 1 THEN s.clock_time END,
    zone = CASE WHEN $5::int >= 1 THEN s.zone END,
    level = ($6::text[])[LEAST(array_position($6::text[], s.level), $5::int + 1)]
FROM shown WHERE s.space_id = $1 AND s.id = shown.id
"""

_LESSEN = """
UPDATE sharing SET level = LEAST(sharing.level, $3) FROM shared_check_in s
WHERE s.space_id = sharing.pair_id AND s.id = sharing.shared_id AND sharing.pair_id = $1 AND s.shared_by = $2
"""

_FORGET = """
DELETE FROM sharing USING shared_check_in s
WHERE s.space_id = sharing.pair_id AND s.id = sharing.shared_id AND sharing.pair_id = $1 AND s.shared_by = $2
"""

_LINK = """
INSERT INTO sharing (journal_id, check_in_id, pair_id, shared_id, level) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (journal_id, check_in_id, pair_id) DO UPDATE SET level = EXCLUDED.level
RETURNING shared_id
"""

_UNLINK = """
DELETE FROM sharing WHERE journal_id = $1 AND check_in_id = $2 AND pair_id = ANY($3::uuid[])
RETURNING pair_id, shared_id
"""

_LINKS = """
SELECT pair_id, shared_id, level FROM sharing
WHERE journal_id = $1 AND check_in_id = $2 AND pair_id = ANY($3::uuid[]) ORDER BY pair_id
"""


class Content(Struct, frozen=True):
    """What of a check-in can be shared at all. `clock_time` is what the clock showed there, with its offset."""

    mood: int
    feelings: list[str]
    note: str | None
    clock_time: str
    zone: str


class Link(Struct, frozen=True):
    """That a check-in is shown in a pair: by which row, and how much of it at most. This only ever shrinks."""

    pair_id: UUID
    shared_id: UUID
    level: Level


async def link(
    connection: asyncpg.Connection, journal_id: UUID, check_in_id: UUID, pair_id: UUID, member: UUID, level: Level
) -> Link:
    """A member, who is this row of the pair, shares a check-in in it, as far as this.

    The member's phones can tell from the check-in which row shows it. The other cannot tell the check-in from the row:
    its id is mostly chance.
    """
    new = uuid5(member, str(check_in_id))
    shared_id: UUID = await connection.fetchval(_LINK, journal_id, check_in_id, pair_id, new, rules.rank(level))
    return Link(pair_id, shared_id, level)


async def links(
    connection: asyncpg.Connection, journal_id: UUID, check_in_id: UUID, pair_ids: Collection[UUID]
) -> list[Link]:
    """In which of these pairs a check-in is shared."""
    rows = await connection.fetch(_LINKS, journal_id, check_in_id, list(pair_ids))
    return [Link(row["pair_id"], row["shared_id"], _level(row["level"])) for row in rows]


def _level(kept: int) -> Level:
    return rules.LEVELS[kept]


async def unlink(
    connection: asyncpg.Connection, journal_id: UUID, check_in_id: UUID, pair_ids: Collection[UUID]
) -> dict[UUID, UUID]:
    """A check-in is not shared in these pairs any more. Returns the rows that showed it, by pair."""
    rows = await connection.fetch(_UNLINK, journal_id, check_in_id, list(pair_ids))
    return {row["pair_id"]: row["shared_id"] for row in rows}


async def show(
    connection: asyncpg.Connection,
    pair: OpenSpace,
    member: UUID,
    shared_id: UUID,
    level: Level,
    content: Content,
    now: datetime,
) -> bool:
    """The other sees this much of it, and nothing more. Returns whether they saw nothing of it before."""
    shown = rules.rank(level)
    if shown == 0:
        await hide(connection, pair, shared_id, now)
        return False
    is_new: bool | None = await connection.fetchval(
        _SHOW,
        pair.id,
        shared_id,
        pair.version + 1,
        now,
        member,
        content.mood if shown >= rules.rank("weather") else None,
        content.feelings if shown >= rules.rank("feelings") else [],
        content.note if shown >= rules.rank("note") else None,
        content.clock_time,
        content.zone,
        level,
    )
    if is_new is None:
        return False
    pair.next_version()
    return is_new


async def hide(connection: asyncpg.Connection, pair: OpenSpace, shared_id: UUID, now: datetime) -> None:
    """The other sees nothing of it any more."""
    status = await connection.execute(_HIDE, pair.id, shared_id, pair.version + 1, now)
    if status != "UPDATE 0":
        pair.next_version()


async def narrow(connection: asyncpg.Connection, pair: OpenSpace, member: UUID, level: Level, now: datetime) -> None:
    """Of all that a member has shared in this pair, the other sees no more than this, whatever is agreed on later."""
    shown = rules.rank(level)
    if shown == 0:
        await connection.execute(_FORGET, pair.id, member)
    else:
        await connection.execute(_LESSEN, pair.id, member, shown)
    status = await connection.execute(_NARROW, pair.id, member, pair.version, now, shown, (None, *rules.LEVELS[1:]))
    pair.version += int(status.removeprefix("UPDATE "))
