"""Somebody is to be told of something in a pair: one delivery to each of their devices."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import asyncpg

from app.buddies import rules
from app.buddies.news import NEWS, News
from app.due import service as dues
from app.due.service import Due
from app.push import service as pushes
from app.push.kinds import NewDelivery
from app.worker.waker import Wake

_LOAD = """
SELECT m.space_id, m.me, m.account_id, i.reminder_secret AS secret
FROM unnest($1::uuid[], $2::uuid[]) AS d (space_id, me)
JOIN membership m ON m.space_id = d.space_id AND m.me = d.me
CROSS JOIN instance i
"""


def _wakes(news: News) -> Wake:
    async def wake(connection: asyncpg.Connection, claimed: Sequence[Due], now: datetime) -> None:
        rows = await connection.fetch(_LOAD, [due.space_id for due in claimed], [due.subject for due in claimed])
        found = {(row["space_id"], row["me"]): row for row in rows}
        too_soon = await _too_soon(connection, news, found.keys(), now)
        deliveries = [
            NewDelivery(
                account_id=row["account_id"],
                key=rules.push_key(row["secret"], news.name, due.subject, due.due_at),
                kind=news.name,
                space_id=due.space_id,
                subject=due.subject,
                due_at=due.due_at,
                expires_at=due.due_at + news.worth,
            )
            for due in claimed
            if (row := found.get((due.space_id, due.subject))) is not None
            and (due.space_id, due.subject) not in too_soon
        ]
        await pushes.enqueue(connection, deliveries, now)
        await dues.put_off(connection, news.name, [Due(*subject, until) for subject, until in too_soon.items()])
        await dues.forget(connection, news.name, {(due.space_id, due.subject) for due in claimed} - too_soon.keys())

    return wake


async def _too_soon(
    connection: asyncpg.Connection, news: News, subjects: Collection[tuple[UUID, UUID]], now: datetime
) -> dict[tuple[UUID, UUID], datetime]:
    """Who has just been told of such a thing, and from when on they can be again: no phone buzzes again and again."""
    if not news.pace:
        return {}
    told = await pushes.told_since(connection, news.name, subjects, now - news.pace)
    return {subject: at + news.pace for subject, at in told.items()}


WAKES: Final = {news.name: _wakes(news) for news in NEWS}
