"""Waking what has fallen due: reminders, and every other timer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

import asyncpg

from app import clock
from app.db import Database
from app.due import service as dues
from app.due.service import Due
from app.worker.away import AWAY
from app.worker.heartbeat import Heart

logger = logging.getLogger(__name__)

Wake = Callable[[asyncpg.Connection, Sequence[Due], datetime], Awaitable[None]]
"""Does what has fallen due, and says when each of it falls due next; all of one kind, in one transaction."""

MOST: Final = 1000
"""How many are claimed at once: few enough for short transactions."""

_LOOK_AGAIN: Final = 2.0
"""Seconds after which something may have been written that falls due before what was known."""
_AFTER_TROUBLE: Final = 5.0
_BROKEN_WAITS: Final = timedelta(hours=1)


async def wake_once(database: Database, wakes: Mapping[str, Wake], now: datetime, most: int = MOST) -> int:
    """Wake at most so many of what is due; returns how many. Several processes never take the same ones."""
    async with database.transaction() as connection:
        claimed = await dues.claim(connection, tuple(wakes), most, now)
        for kind, some in claimed.items():
            await wakes[kind](connection, some, now)
    return sum(map(len, claimed.values()))


async def _nothing(_database: Database, _now: datetime) -> None:
    pass


async def keep_waking(
    database: Database,
    wakes: Mapping[str, Wake],
    *,
    first: Callable[[Database, datetime], Awaitable[None]] = _nothing,
) -> None:
    """Wake everything in its second, until cancelled; `first` is done once, as soon as the database is there."""
    has_begun = False
    heart = Heart("wakes")
    while True:
        try:
            now = clock.now()
            if not has_begun:
                await first(database, now)
                has_begun = True
            woken = await wake_once(database, wakes, now)
            await heart.beat(database, now)
            if woken < MOST:
                await asyncio.sleep(await _until_next(database, wakes, now))
        except AWAY as trouble:
            logger.warning("waker: the database is away (%s)", type(trouble).__name__)
            await asyncio.sleep(_AFTER_TROUBLE)
        except Exception:
            logger.exception("waker: a batch failed and is taken one by one")
            await _wake_one_by_one(database, wakes)
            # Should it be something else that fails, it does not fail in a tight loop.
            await asyncio.sleep(_AFTER_TROUBLE)


async def _wake_one_by_one(database: Database, wakes: Mapping[str, Wake]) -> None:
    """One of them breaks it: it waits an hour, so that the others need not."""
    try:
        while await _wake_one(database, wakes, clock.now()):
            pass
    except AWAY as trouble:
        logger.warning("waker: the database is away (%s)", type(trouble).__name__)
        await asyncio.sleep(_AFTER_TROUBLE)


async def _wake_one(database: Database, wakes: Mapping[str, Wake], now: datetime) -> bool:
    """Wake the one that has been due longest, or put it off. False: nothing is due."""
    try:
        return await wake_once(database, wakes, now, most=1) > 0
    except AWAY:
        raise
    except Exception:
        logger.exception("waker: something that is due cannot be woken, and is tried again in an hour")
        async with database.transaction() as connection:
            for kind, some in (await dues.claim(connection, tuple(wakes), 1, now)).items():
                later = [Due(due.space_id, due.subject, now + _BROKEN_WAITS) for due in some]
                await dues.put_off(connection, kind, later)
        return True


async def _until_next(database: Database, wakes: Mapping[str, Wake], now: datetime) -> float:
    """Seconds until something is due, or may be."""
    async with database.connection() as connection:
        following = await dues.next_due_at(connection, tuple(wakes))
    if following is None:
        return _LOOK_AGAIN
    return min(_LOOK_AGAIN, max(0.0, (following - now).total_seconds()))
