"""What can be done with spaces as such."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import asyncpg

from app.spaces.open_space import OpenSpace

Connection = asyncpg.Connection

TOMBSTONES_STAY = timedelta(days=90)

# ORDER BY before FOR NO KEY UPDATE: as batches of sync do, so that none waits for another in a circle.
_LOCK = """
SELECT s.id, m.role, s.version FROM space s JOIN membership m ON m.space_id = s.id AND m.account_id = $1
WHERE s.id = ANY($2::uuid[]) ORDER BY s.id FOR NO KEY UPDATE OF s
"""

_LOCK_APART = "SELECT id, version FROM space WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE"

_LOCK_IF_FREE = "SELECT id, version FROM space WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED"

_WRITE_VERSIONS = """
WITH written AS (
    UPDATE space SET version = w.version FROM unnest($1::uuid[], $2::bigint[]) AS w (id, version)
    WHERE space.id = w.id AND space.version < w.version RETURNING space.id
)
SELECT DISTINCT m.account_id FROM written JOIN membership m ON m.space_id = written.id
"""


async def create_journal(connection: Connection, account_id: UUID, now: datetime) -> UUID:
    """A member now has a journal, which nobody else is ever a member of."""
    journal_id = uuid4()
    await connection.execute(
        "INSERT INTO space (id, kind, version, floor, created_at) VALUES ($1, 'journal', 0, 0, $2)", journal_id, now
    )
    await connection.execute(
        "INSERT INTO membership (account_id, space_id, role) VALUES ($1, $2, 'owner')", account_id, journal_id
    )
    return journal_id


async def create_pair(
    connection: Connection, account_ids: Sequence[UUID], now: datetime
) -> tuple[UUID, Sequence[UUID]]:
    """Two members now have a space of their own: its id, and in their order who each of them is in it.

    Its version is 2: one row for each of them is to be written into it.
    """
    pair_id, members = uuid4(), [uuid4() for _ in account_ids]
    await connection.execute(
        "INSERT INTO space (id, kind, version, floor, created_at) VALUES ($1, 'pair', $2, 0, $3)",
        pair_id,
        len(members),
        now,
    )
    await connection.execute(
        "INSERT INTO membership (account_id, space_id, role, me)"
        " SELECT account_id, $1, 'buddy', me FROM unnest($2::uuid[], $3::uuid[]) AS m (account_id, me)",
        pair_id,
        account_ids,
        members,
    )
    return pair_id, members


async def lock(connection: Connection, account_id: UUID, space_ids: Collection[UUID]) -> list[OpenSpace]:
    """Lock those of the spaces that the account is a member of, in the order of their ids."""
    rows = await connection.fetch(_LOCK, account_id, list(space_ids))
    return [OpenSpace(row["id"], row["role"], row["version"]) for row in rows]


async def lock_apart(connection: Connection, space_ids: Collection[UUID]) -> list[OpenSpace]:
    """Lock all of these that there are, in the order of their ids, for whoever is in no role there."""
    return [OpenSpace(row["id"], "", row["version"]) for row in await connection.fetch(_LOCK_APART, list(space_ids))]


async def lock_if_free(connection: Connection, space_ids: Collection[UUID]) -> list[OpenSpace]:
    """Lock those that nobody has locked just now, for a loop beside the server, which is in no role there."""
    return [OpenSpace(row["id"], "", row["version"]) for row in await connection.fetch(_LOCK_IF_FREE, list(space_ids))]


async def write_versions(connection: Connection, opened: Collection[OpenSpace]) -> set[UUID]:
    """Write back how far these have come. Returns the accounts of those in which something was written."""
    rows = await connection.fetch(_WRITE_VERSIONS, [space.id for space in opened], [space.version for space in opened])
    return {row["account_id"] for row in rows}


async def delete_pair(connection: Connection, pair_id: UUID) -> list[UUID]:
    """The space is gone, with every row in it. Returns whose it was."""
    rows = await connection.fetch("DELETE FROM membership WHERE space_id = $1 RETURNING account_id", pair_id)
    await connection.execute("DELETE FROM space WHERE id = $1 AND kind = 'pair'", pair_id)
    return [row["account_id"] for row in rows]


async def delete_spaces_of(connection: Connection, account_id: UUID) -> None:
    """The member's own spaces, and those of their pairs, are gone, with every row in them."""
    await connection.execute(
        "DELETE FROM space USING membership m"
        " WHERE m.space_id = space.id AND m.account_id = $1 AND space.kind IN ('journal', 'pair')",
        account_id,
    )


async def prune_tombstones(connection: Connection, now: datetime, *, table: str) -> int:
    """Rows of `table` deleted more than 90 days ago are gone; returns how many.

    The space's floor rises to the highest version pruned, so that phones that were away longer come whole.
    """
    status = await connection.fetchval(
        f"""
        WITH locked AS (
            SELECT id FROM space WHERE id IN (SELECT space_id FROM {table} WHERE deleted AND written_at < $1)
            ORDER BY id FOR NO KEY UPDATE
        ), pruned AS (
            DELETE FROM {table} USING locked
            WHERE space_id = locked.id AND deleted AND written_at < $1
            RETURNING space_id, version
        ), risen AS (
            UPDATE space SET floor = GREATEST(floor, highest.version)
            FROM (SELECT space_id, max(version) AS version FROM pruned GROUP BY space_id) AS highest
            WHERE space.id = highest.space_id
        )
        SELECT count(*) FROM pruned
        """,  # noqa: S608 - `table` comes from the registry of kinds, never from outside
        now - TOMBSTONES_STAY,
    )
    return int(status or 0)
