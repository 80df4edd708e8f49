"""How much of a kind one may bring to the other within ten minutes: nobody's phone is flooded."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import asyncpg

from app.buddies import rules
from app.errors import Refused


async def check(
    connection: asyncpg.Connection, pair_id: UUID, me: UUID, latest: str, now: datetime, *, most: int
) -> None:
    """`latest` counts what `me` ($2) brought to the pair ($1) since ($3), and looks at no more than so many ($4).

    Raises:
        Refused: `too-fast`.
    """
    if await connection.fetchval(latest, pair_id, me, now - rules.PACE_WITHIN, most) >= most:
        raise Refused("too-fast")
