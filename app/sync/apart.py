"""Writing into spaces outside of a phone's batch: what falls due, and what whoever runs the server does."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Collection
from contextlib import asynccontextmanager
from uuid import UUID

import asyncpg

from app.spaces import service as spaces
from app.spaces.open_space import OpenSpace
from app.sync.pokes import poke_at_commit


@asynccontextmanager
async def opened(
    connection: asyncpg.Connection, space_ids: Collection[UUID], *, wait: bool = True
) -> AsyncGenerator[dict[UUID, OpenSpace]]:
    """These spaces, locked in the order of their ids until the transaction around ends; those that are gone are not.

    At the end of the block the versions that were handed out are written back, and once the transaction commits
    everybody who reads a space that was written in is asked to pull. Without `wait`, those in which somebody else is
    writing just now are left out too: for whoever holds something already that the other may be waiting for.
    """
    lock = spaces.lock_apart if wait else spaces.lock_if_free
    found = {space.id: space for space in await lock(connection, space_ids)}
    before = {space.id: space.version for space in found.values()}
    yield found
    written = [space for space in found.values() if space.version != before[space.id]]
    if written:
        await poke_at_commit(connection, await spaces.write_versions(connection, written))
