"""Writing into spaces outside of a phone's batch: what falls due, and what whoever runs the server does."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Collection
from contextlib import asynccontextmanager
from uuid import UUID

import asyncpg

from app.spaces.open_space import OpenSpace
from app.sync.pokes import CHANNEL

# As a batch locks them, so that the two never wait for each other in a circle.
_LOCK = "SELECT id, version FROM space WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE"

_WRITE_BACK = """
UPDATE space SET version = written.version FROM unnest($1::uuid[], $2::bigint[]) AS written (id, version)
WHERE space.id = written.id
"""

_POKE = """
SELECT pg_notify($2, 'pull ' || account_id)
FROM (SELECT DISTINCT account_id FROM membership WHERE space_id = ANY($1::uuid[])) AS readers
"""


@asynccontextmanager
async def opened(
    connection: asyncpg.Connection, space_ids: Collection[UUID], *, wait: bool = True
) -> AsyncGenerator[dict[UUID, OpenSpace]]:
    """These spaces, locked in the order of their ids until the transaction around ends; those that are gone are not.

    At the end of the block the versions that were handed out are written back, and once the transaction commits
    everybody who reads a space that was written in is asked to pull. Without `wait`, those in which somebody else is
    writing just now are left out too: for whoever holds something already that the other may be waiting for.
    """
    rows = await connection.fetch(_LOCK if wait else f"{_LOCK} SKIP LOCKED", list(space_ids))
    spaces = {row["id"]: OpenSpace(row["id"], "", row["version"]) for row in rows}
    before = {space.id: space.version for space in spaces.values()}
    yield spaces
    written = [space for space in spaces.values() if space.version != before[space.id]]
    if written:
        ids = [space.id for space in written]
        await connection.execute(_WRITE_BACK, ids, [space.version for space in written])
        await connection.execute(_POKE, ids, CHANNEL)
