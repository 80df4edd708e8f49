"""Whether somebody wakes what is due and delivers pushes, on whatever machine: both loops say so now and then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, Literal

import asyncpg

from app.db import Database
from app.metrics import Metric, Sample

Does = Literal["wakes", "delivers"]

EVERY: Final = timedelta(seconds=10)
"""How often a loop says that it goes round, at most."""
GONE: Final = timedelta(minutes=2)
"""Silent for longer, nobody does it: four rounds of the slower loop."""

_BEAT: Final = """
INSERT INTO worker_seen (does, seen_at) VALUES ($1, $2) ON CONFLICT (does) DO UPDATE SET seen_at = EXCLUDED.seen_at
"""

_SEEN: Final = "SELECT does, seen_at FROM worker_seen"

_IN_WORDS: Final[dict[Does, str]] = {"wakes": "wakes reminders", "delivers": "delivers pushes"}


class Heart:
    """Beats for a loop of this process."""

    def __init__(self, does: Does) -> None:
        self._does: Does = does
        self._last: datetime | None = None

    async def beat(self, database: Database, now: datetime) -> None:
        """The loop goes round; written down every ten seconds."""
        if self._last is not None and timedelta(0) <= now - self._last < EVERY:
            return
        async with database.connection() as connection:
            await connection.execute(_BEAT, self._does, now)
        self._last = now


async def undone(connection: asyncpg.Connection, now: datetime) -> list[Does]:
    """What nobody does."""
    return _late(await _seen(connection), now)


async def trouble(connection: asyncpg.Connection, now: datetime, *, works: bool) -> str | None:
    """What nobody does, in one sentence; None: all of it is done. `works`: servers are meant to do it themselves."""
    seen = await _seen(connection)
    late = _late(seen, now)
    if not late:
        return None
    nobody = f"nobody {' or '.join(_IN_WORDS[does] for does in late)}"
    last = max((seen[does] for does in late if does in seen), default=None)
    since = "Not seen yet" if last is None else f"Not seen for {(now - last).total_seconds() / 60:.0f} minutes"
    if works:
        return f"{since}: {nobody}. Is the server just starting? Otherwise its log says why."
    return f"Off: {nobody}, for LEEWARD_WORKER is off and no `leeward worker` runs. {since}."


async def metrics(connection: asyncpg.Connection, now: datetime) -> Sequence[Metric]:
    """When each was last seen to be done."""
    del now
    samples = [Sample(at.timestamp(), (("does", does),)) for does, at in sorted((await _seen(connection)).items())]
    about = "When somebody was last seen to wake reminders and to deliver pushes, in seconds since 1970."
    return [Metric("leeward_worker_seen_timestamp_seconds", "gauge", about, samples)]


def _late(seen: Mapping[Does, datetime], now: datetime) -> list[Does]:
    return [does for does in _IN_WORDS if does not in seen or now - seen[does] > GONE]


async def _seen(connection: asyncpg.Connection) -> dict[Does, datetime]:
    return {row["does"]: row["seen_at"] for row in await connection.fetch(_SEEN)}
