"""A reminder has fallen due: one delivery to each device, and when it falls due next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import asyncpg

from app.due import service as dues
from app.due.service import Due
from app.push import service as pushes
from app.push.kinds import NewDelivery
from app.reminders import rules
from app.reminders.service import DUE, HOME

LOAD = """
SELECT d.space_id, d.subject, r.times, r.weekdays, COALESCE(r.zone, g.zone, $3) AS zone, m.account_id, i.reminder_secret
FROM unnest($1::uuid[], $2::uuid[]) AS d (space_id, subject)
JOIN reminder r ON r.space_id = d.space_id AND r.id = d.subject AND r.is_on AND NOT r.deleted
JOIN membership m ON m.space_id = d.space_id AND m.role = 'owner'
LEFT JOIN reminding g ON g.space_id = d.space_id
CROSS JOIN instance i
"""


async def wake(connection: asyncpg.Connection, claimed: Sequence[Due], now: datetime) -> None:
    """These reminders have fallen due: said to every device of their members, and due again next time."""
    rows = await connection.fetch(LOAD, [due.space_id for due in claimed], [due.subject for due in claimed], HOME)
    found = {(row["space_id"], row["subject"]): row for row in rows}
    deliveries: list[NewDelivery] = []
    later: list[Due] = []
    for due in claimed:
        row = found.get((due.space_id, due.subject))
        zone = rules.zone_of(row["zone"]) if row is not None else None
        if row is None or zone is None:
            continue
        sent = rules.to_be_sent(row["times"], row["weekdays"], zone, due.due_at, now)
        deliveries.extend(_delivery(row, occurrence) for occurrence in sent)
        following = rules.next_due(row["times"], row["weekdays"], zone, now)
        if following is not None:
            later.append(Due(due.space_id, due.subject, following))
    await pushes.enqueue(connection, deliveries, now)
    await dues.put_off(connection, DUE, later)
    kept = {(due.space_id, due.subject) for due in later}
    await dues.forget(connection, DUE, {(due.space_id, due.subject) for due in claimed} - kept)


def _delivery(row: Any, occurrence: rules.Occurrence) -> NewDelivery:  # noqa: ANN401 - a record of asyncpg
    reminder = row["subject"]
    return NewDelivery(
        account_id=row["account_id"],
        key=rules.delivery_key(row["reminder_secret"], reminder, occurrence.local_date, occurrence.slot),
        kind=DUE,
        space_id=row["space_id"],
        subject=reminder,
        local_date=occurrence.local_date,
        slot=occurrence.slot,
        due_at=occurrence.due_at,
        expires_at=occurrence.due_at + rules.CATCH_UP,
    )
