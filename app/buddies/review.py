"""On the day that two agreed on, each is asked in their morning to look at the agreement again."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from uuid import UUID

import asyncpg

from app.buddies import agreements
from app.due import service as dues
from app.due.service import Due
from app.reminders import service as reminders

NAME: Final = "agreement_review"
_AT: Final = "10:00"

_TWO = "SELECT account_id, me FROM membership WHERE space_id = $1"


async def follow(connection: asyncpg.Connection, pair_id: UUID, now: datetime) -> None:
    """What two agree on has changed: so has when they are asked, by the clock where each of them is."""
    in_force = (await agreements.current(connection, pair_id)).in_force
    day = date.fromisoformat(in_force.review_on) if in_force is not None and in_force.review_on else None
    two = {row["account_id"]: row["me"] for row in await connection.fetch(_TWO, pair_id)}
    moments = {} if day is None else await reminders.moments(connection, set(two), day, _AT)
    to_come = {account_id: at for account_id, at in moments.items() if at > now}
    await dues.forget(connection, NAME, [(pair_id, me) for account_id, me in two.items() if account_id not in to_come])
    await dues.set_due(connection, NAME, [Due(pair_id, two[account_id], at) for account_id, at in to_come.items()])
