"""Deliveries as jobs of pgqueuer: a job brings a handful of them, and each delivery says which job brings it.

The ledger says what is to be done; a job only says when somebody looks at it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import asyncpg
from msgspec import Struct
from pgqueuer.db import AsyncpgDriver
from pgqueuer.queries import Queries

from app.push import tally

ENTRYPOINT: Final = "push"
TOGETHER: Final = 25
"""How many deliveries one job brings: claiming and logging each by itself costs as much as sending it."""
_LOG_KEPT: Final = timedelta(days=1)

# A job that was lost (its worker could not even say that it failed) is noticed by its absence.
_FORGOTTEN = """
UPDATE push_delivery SET job = gen_random_uuid() WHERE id IN (
    SELECT id FROM push_delivery
    WHERE state = 'waiting' AND due_at < $1 AND expires_at > $2 AND NOT EXISTS (
        SELECT FROM pgqueuer
        WHERE pgqueuer.dedupe_key = push_delivery.job::text AND pgqueuer.status IN ('queued', 'picked')
    )
    LIMIT 1000 FOR UPDATE SKIP LOCKED
) RETURNING job
"""

_TOO_LATE = """
UPDATE push_delivery SET state = 'dropped', reason = 'too-late', finished_at = $1 WHERE id IN (
    SELECT id FROM push_delivery
    WHERE state = 'waiting' AND due_at < $1 AND expires_at <= $1 FOR UPDATE SKIP LOCKED
)
"""


class NewJob(Struct, frozen=True):
    """Look at what this job brings, after so long; those of higher priority first."""

    id: UUID
    priority: int = 0
    after: timedelta = timedelta(0)


async def add(connection: asyncpg.Connection, added: Sequence[NewJob]) -> None:
    """Have these looked at, once the transaction around commits."""
    if added:
        await Queries(AsyncpgDriver(connection)).enqueue(
            [ENTRYPOINT] * len(added),
            [job.id.bytes for job in added],
            [job.priority for job in added],
            [job.after for job in added],
            [str(job.id) for job in added],
            on_conflict="skip",
        )


async def sweep(connection: asyncpg.Connection, now: datetime) -> int:
    """Nothing waits for ever: what lost its job gets one again, what nobody wants any more is closed. How many got one.

    Inside a transaction.
    """
    closed = int((await connection.execute(_TOO_LATE, now)).removeprefix("UPDATE "))
    if closed:
        await tally.add(connection, {("expired", ""): closed})
    rows = await connection.fetch(_FORGOTTEN, now - timedelta(seconds=30), now)
    await add(connection, [NewJob(row["job"]) for row in rows])
    return len(rows)


async def prune(connection: asyncpg.Connection, now: datetime) -> int:
    """The queue's log of more than a day ago is gone; returns how many lines."""
    deleted = await connection.execute("DELETE FROM pgqueuer_log WHERE created <= $1", now - _LOG_KEPT)
    return int(deleted.removeprefix("DELETE "))
