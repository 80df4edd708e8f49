"""Reports that nobody has read: said in the log as they come and once a day, and for Prometheus."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Final

import asyncpg

from app.due import service as dues
from app.due.service import Due
from app.metrics import Metric, Sample
from app.moderation import rules, service

logger = logging.getLogger(__name__)

DUE: Final = service.DUE


async def wake(connection: asyncpg.Connection, claimed: Sequence[Due], now: datetime) -> None:
    """Say in the log that reports wait, without a word of them or who sent them; again tomorrow, if they still do."""
    wait = await service.still_wait(connection, claimed)
    if wait:
        in_all = await service.waiting(connection)
        logger.warning(
            "reports: %d to be read, the oldest since %s: `leeward reports list`",
            in_all.count,
            f"{in_all.oldest:%Y-%m-%d %H:%M} UTC" if in_all.oldest else "now",
        )
    later = [Due(due.space_id, due.subject, now + rules.ASK_AGAIN) for due in wait]
    await dues.put_off(connection, DUE, later)
    kept = {(due.space_id, due.subject) for due in later}
    await dues.forget(connection, DUE, {(due.space_id, due.subject) for due in claimed} - kept)


async def metrics(connection: asyncpg.Connection, now: datetime) -> Sequence[Metric]:
    """How many wait, and for how long the oldest does."""
    wait = await service.waiting(connection)
    seconds = (now - wait.oldest).total_seconds() if wait.oldest else 0.0
    return [
        Metric("leeward_reports_waiting", "gauge", "Reports that nobody has closed.", [Sample(wait.count)]),
        Metric(
            "leeward_reports_oldest_seconds",
            "gauge",
            "For how long the oldest of them has waited, in seconds.",
            [Sample(max(0.0, seconds))],
        ),
    ]
