"""Deliveries as jobs of pgqueuer. The ledger says what is to be done; a job only says when somebody looks at it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import asyncpg
from pgqueuer.db import AsyncpgDriver
from pgqueuer.queries import Queries

ENTRYPOINT: Final = "push"
_LOG_KEPT: Final = timedelta(days=1)

# A job that was lost (its worker could not even say that it failed) is noticed by its absence.
_FORGOTTEN = """
SELECT id FROM push_delivery
WHERE state = 'waiting' AND due_at < $1 AND expires_at > $2 AND NOT EXISTS (
    SELECT FROM pgqueuer
    WHERE pgqueuer.dedupe_key = push_delivery.id::text AND pgqueuer.status IN ('queued', 'picked')
)
LIMIT 1000
"""

_TOO_LATE = """
UPDATE push_delivery SET state = 'dropped', reason = 'too-late', finished_at = $1
WHERE state = 'waiting' AND due_at < $1 AND expires_at <= $1
"""


async def add(connection: asyncpg.Connection, delivery_ids: Sequence[UUID], priorities: Sequence[int]) -> None:
    """Have these looked at as soon as the transaction around commits; a job that is there already stays.

    Those of higher priority go first.
    """
    if delivery_ids:
        count = len(delivery_ids)
        await Queries(AsyncpgDriver(connection)).enqueue(
            [ENTRYPOINT] * count,
            [delivery_id.bytes for delivery_id in delivery_ids],
            list(priorities),
            dedupe_key=[str(delivery_id) for delivery_id in delivery_ids],
            on_conflict="skip",
        )


async def sweep(connection: asyncpg.Connection, now: datetime) -> int:
    """Nothing waits for ever: what lost its job gets one again, what nobody wants any more is closed. How many got one.

    Inside a transaction.
    """
    await connection.execute(_TOO_LATE, now)
    rows = await connection.fetch(_FORGOTTEN, now - timedelta(seconds=30), now)
    await add(connection, [row["id"] for row in rows], [0] * len(rows))
    return len(rows)


async def prune(connection: asyncpg.Connection, now: datetime) -> int:
    """The queue's log of more than a day ago is gone; returns how many lines."""
    deleted = await connection.execute("DELETE FROM pgqueuer_log WHERE created <= $1", now - _LOG_KEPT)
    return int(deleted.removeprefix("DELETE "))
