"""What push services answered, each by the name that the operator knows it by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import asyncpg
from msgspec import Struct

from app.push import rules
from app.push.endpoints import allowed_as

_ORIGINS: Final = "SELECT DISTINCT substring(endpoint FROM '^https?://[^/]*') AS origin FROM push_subscription"

# By device first: the ledger is long, and devices are few.
_ANSWERED: Final = """
WITH known AS (SELECT * FROM unnest($1::text[], $2::text[]) AS known (origin, name)),
device AS (
    SELECT push_subscription.id, known.name FROM push_subscription
    JOIN known ON known.origin = substring(endpoint FROM '^https?://[^/]*')
),
answer AS (
    SELECT device.name, state = 'sent' AS accepted, finished_at
    FROM push_delivery JOIN device ON device.id = subscription_id
    WHERE finished_at IS NOT NULL AND (state = 'sent' OR reason = ANY($3::text[]))
),
last AS (SELECT name, max(finished_at) FILTER (WHERE accepted) AS accepted_at FROM answer GROUP BY name)
SELECT answer.name, last.accepted_at,
       count(*) FILTER (WHERE accepted) AS accepted,
       count(*) FILTER (WHERE NOT accepted) AS refused,
       max(finished_at) FILTER (WHERE NOT accepted) AS refused_at,
       min(finished_at) FILTER (
           WHERE NOT accepted AND (last.accepted_at IS NULL OR finished_at > last.accepted_at)
       ) AS refusing_since
FROM answer JOIN last ON last.name = answer.name
GROUP BY answer.name, last.accepted_at ORDER BY answer.name
"""


class Answered(Struct, frozen=True):
    """What a push service took and refused (400, 401, 403), as far as the ledger remembers.

    `refusing_since`: the first refusal since it last accepted one.
    """

    name: str
    accepted: int
    accepted_at: datetime | None
    refused: int
    refused_at: datetime | None
    refusing_since: datetime | None


async def answered(connection: asyncpg.Connection, hosts: Sequence[str]) -> list[Answered]:
    """What each push service answered. Named as in `hosts`: a name of its own beneath `*.` is a subscriber's choice."""
    origins = [row["origin"] for row in await connection.fetch(_ORIGINS)]
    known = [(origin, name) for origin in origins if (name := allowed_as(origin, hosts)) is not None]
    rows = await connection.fetch(
        _ANSWERED, [origin for origin, _ in known], [name for _, name in known], rules.OUR_KEY_REASONS
    )
    return [Answered(**row) for row in rows]
