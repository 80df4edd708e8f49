"""When somebody wants to be left in peace: what would be pushed to them waits until then, or is not pushed at all."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Literal
from uuid import UUID

import asyncpg

from app.buddies.step_back_rows import stepped_back
from app.reminders import service as reminders

Rest = datetime | Literal["open-ended"]


async def resting(connection: asyncpg.Connection, account_ids: Collection[UUID], now: datetime) -> Mapping[UUID, Rest]:
    """Which of these members rest, and until when: in their quiet hours, in a pause, or stepped back.

    Who does not rest is left out. The one place that says it, for every push of a pair.
    """
    rest: dict[UUID, Rest] = {**await reminders.resting(connection, account_ids, now)}
    back = await stepped_back(connection, account_ids, now)
    for account_id, until in back.items():
        if until == "open-ended":
            rest[account_id] = until
        else:
            # Whoever is there again in the middle of the night sleeps on.
            rest[account_id] = (await reminders.resting(connection, {account_id}, until)).get(account_id, until)
    return rest
