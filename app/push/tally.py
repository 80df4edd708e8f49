"""How many pushes came to what, since there is this database: what the ledger forgets is counted on.

Counts are added as rows and summed when somebody asks: a row that all deliverers write would make them wait for each
other. Every hour they are drawn together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Final, Literal

import asyncpg

from app.metrics import Metric, Sample
from app.push.rules import is_refusal

Became = Literal["accepted", "gone", "retried", "paused", "deferred", "refused", "expired", "dropped", "failed"]
BECAME: Final[tuple[Became, ...]] = (
    "accepted",
    "gone",
    "retried",
    "paused",
    "deferred",
    "refused",
    "expired",
    "dropped",
    "failed",
)
Counts = Mapping[tuple[Became, str], int]
"""How many came to what, for which reason ("" where there is none to tell)."""

_ADD = "INSERT INTO push_tally (became, reason, count) SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[])"

_DRAW_TOGETHER = """
WITH gone AS (DELETE FROM push_tally RETURNING became, reason, count)
INSERT INTO push_tally (became, reason, count) SELECT became, reason, sum(count) FROM gone GROUP BY became, reason
"""

_SUM = "SELECT became, reason, sum(count)::bigint AS count FROM push_tally GROUP BY became, reason ORDER BY 1, 2"

_NOW = """
SELECT (SELECT count(*) FROM push_subscription) AS devices, count(*) AS waiting,
       extract(epoch FROM $1 - min(due_at) FILTER (WHERE due_at < $1 AND reason IS NULL)) AS overdue
FROM push_delivery WHERE state = 'waiting' AND expires_at > $1
"""

_NO_TRIES: Final[Mapping[str, Became]] = {"deferred": "deferred", "service-paused": "paused"}
_MISTAKES: Final = frozenset({"too-large", "endpoint-not-allowed"})


def became(state: str, reason: str | None, *, gone: bool) -> tuple[Became, str]:
    """What the ledger says of a delivery, as an operator counts it: what it came to, and why."""
    why = reason or ""
    if gone:
        return "gone", why
    match state:
        case "sent":
            return "accepted", ""
        case "waiting":
            return _NO_TRIES.get(why, "retried"), "" if why in _NO_TRIES else why
        case "dropped":
            return ("expired", "") if why == "too-late" else ("dropped", why)
        case _ if is_refusal(why):
            return "refused", why
        case _:
            return ("failed" if why in _MISTAKES else "expired"), why


async def add(connection: asyncpg.Connection, counts: Counts) -> None:
    """Count these, once the transaction around commits."""
    if counts:
        names = [name for name, _ in counts]
        await connection.execute(_ADD, names, [reason for _, reason in counts], list(counts.values()))


async def prune(connection: asyncpg.Connection, now: datetime) -> int:
    """Rows are drawn together, one for each thing that is counted. None is lost: nothing is forgotten here."""
    del now
    inserted = await connection.execute(_DRAW_TOGETHER)
    return int(inserted.split()[-1])


async def metrics(connection: asyncpg.Connection, now: datetime) -> list[Metric]:
    """How pushes are doing. What nobody has counted yet is 0, so that its first one can be seen."""
    counted = Counter({(row["became"], row["reason"]): row["count"] for row in await connection.fetch(_SUM)})
    seen = {name for name, _ in counted}
    counted.update({(name, ""): 0 for name in BECAME if name not in seen})
    row = await connection.fetchrow(_NOW, now)
    assert row is not None  # noqa: S101 - an aggregate has one row
    samples = [Sample(count, (("became", name), ("reason", why))) for (name, why), count in sorted(counted.items())]
    return [
        Metric("leeward_push_total", "counter", "Deliveries of pushes, by what became of a try.", samples),
        Metric("leeward_push_devices", "gauge", "Devices that get pushes.", [Sample(row["devices"])]),
        Metric("leeward_push_waiting", "gauge", "Deliveries that wait.", [Sample(row["waiting"])]),
        Metric(
            "leeward_push_overdue_seconds",
            "gauge",
            "How long the oldest delivery waits that nobody has looked at.",
            [Sample(float(row["overdue"] or 0))],
        ),
    ]
