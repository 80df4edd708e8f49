"""Forgetting what has had its time."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

import asyncpg

from app import clock
from app.db import Database
from app.errors import Unavailable

logger = logging.getLogger(__name__)

EVERY = 3600.0  # seconds
Prune = Callable[[asyncpg.Connection, datetime], Awaitable[object]]


async def prune_once(database: Database, prunes: Sequence[Prune], now: datetime) -> None:
    """Everything that has had its time is gone. Each kind in a transaction of its own, so that locks are short."""
    for prune in prunes:
        async with database.transaction() as connection:
            await prune(connection, now)


async def keep_pruning(database: Database, prunes: Sequence[Prune]) -> None:
    """Prune every hour until cancelled; several processes doing it at once only do less each."""
    while True:
        try:
            await prune_once(database, prunes, clock.now())
        except (asyncpg.PostgresError, asyncpg.InterfaceError, Unavailable, OSError) as trouble:
            logger.warning("prune: not done (%s), again in an hour", type(trouble).__name__)
        await asyncio.sleep(EVERY)
