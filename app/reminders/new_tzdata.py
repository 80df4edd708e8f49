"""Countries change their clocks at short notice: when this machine learns of it, everything is due anew."""

from __future__ import annotations

import zoneinfo
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import Final
from uuid import UUID

from app.db import Database
from app.due import service as dues
from app.due.service import Due
from app.reminders import rules
from app.reminders.service import DUE, HOME

BATCH: Final = 500

NEXT = """
SELECT d.space_id, d.subject, d.due_at, r.times, r.weekdays, COALESCE(r.zone, g.zone, $5) AS zone
FROM due d
JOIN reminder r ON r.space_id = d.space_id AND r.id = d.subject
LEFT JOIN reminding g ON g.space_id = d.space_id
WHERE d.kind = $1 AND (d.space_id, d.subject) > ($2, $3)
ORDER BY d.space_id, d.subject LIMIT $4 FOR UPDATE OF d
"""

NOTHING: Final = UUID(int=0)


def version() -> str:
    """Which edition of the time zone database this machine works with: the system's, otherwise the package's."""
    for folder in zoneinfo.TZPATH:
        try:
            with (Path(folder) / "tzdata.zi").open() as text:
                return text.readline().removeprefix("# version ").strip()
        except OSError:
            continue
    return metadata.version("tzdata")


async def follow(database: Database, edition: str, now: datetime) -> int:
    """If the edition is another than last time, everything that is not due yet is due by it. Returns how many moved."""
    async with database.connection() as connection:
        if await connection.fetchval("SELECT tzdata FROM instance") == edition:
            return 0
    moved, last = 0, (NOTHING, NOTHING)
    while last is not None:
        changed, last = await _follow_some(database, last, now)
        moved += changed
    async with database.transaction() as connection:
        await connection.execute("UPDATE instance SET tzdata = $1", edition)
    return moved


async def _follow_some(
    database: Database, after: tuple[UUID, UUID], now: datetime
) -> tuple[int, tuple[UUID, UUID] | None]:
    async with database.transaction() as connection:
        rows = await connection.fetch(NEXT, DUE, *after, BATCH, HOME)
        moved: list[Due] = []
        for row in rows:
            zone = rules.zone_of(row["zone"])
            due_at = rules.next_due(row["times"], row["weekdays"], zone, now) if zone and row["due_at"] > now else None
            if due_at is not None and due_at != row["due_at"]:
                moved.append(Due(row["space_id"], row["subject"], due_at))
        await dues.put_off(connection, DUE, moved)
    return len(moved), (rows[-1]["space_id"], rows[-1]["subject"]) if len(rows) == BATCH else None
