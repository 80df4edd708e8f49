"""When somebody wants to be left in peace: what would be pushed to them waits until then, or is not pushed at all."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Literal
from uuid import UUID

import asyncpg

from app.reminders import service as reminders

Rest = datetime | Literal["open-ended"]


async def resting(connection: asyncpg.Connection, account_ids: Collection[UUID], now: datetime) -> Mapping[UUID, Rest]:
    """Which of these members rest, and until when: in their quiet hours, or in a pause.

    Who does not rest is left out. The one place that says it, for every push of a pair.
    """
    return await reminders.resting(connection, account_ids, now)
