"""The check-in that every load writes, ours and the bare one alike, and ids as phones make them."""

from __future__ import annotations

import itertools
import os
import time
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final
from uuid import UUID

# Fixed, so that nothing here depends on when the benchmark runs.
NOW: Final = datetime(2026, 11, 22, 7, 15, tzinfo=UTC)

MOOD: Final = 3
ENERGY: Final = 2
FEELINGS: Final = ["tired", "hopeful"]
CONTEXTS: Final = ["sleep", "work-or-study"]
NOTE: Final = "Slept badly, but the walk along the water before work helped a little."
ZONE: Final = "Europe/Dublin"
CLOCK_TIME: Final = "2026-11-22T07:15:00.000+00:00"
HAPPENED_AT: Final = datetime(2026, 11, 22, 7, 15, tzinfo=timezone(timedelta(0)))
LOCAL_DATE: Final = date(2026, 11, 22)

ARGS: Final = (
    b'{"id":"%b","mood":3,"energy":2,"feelings":["tired","hopeful"],"contexts":["sleep","work-or-study"],'
    b'"note":"Slept badly, but the walk along the water before work helped a little.",'
    b'"happenedAt":"2026-11-22T07:15:00.000+00:00","zone":"Europe/Dublin"}'
)
"""The same as the arguments of `check_ins.record`, with a place for the id."""

_places = itertools.count(int.from_bytes(os.urandom(8)))


def new_id() -> UUID:
    """A UUIDv7 like a phone's: the time in front, so that an index grows at its end."""
    stamp = time.time_ns() // 1_000_000
    rest = (next(_places) * 0x9E3779B97F4A7C15) & ((1 << 74) - 1)
    return UUID(
        int=(stamp & ((1 << 48) - 1)) << 80 | 0x7 << 76 | (rest >> 62) << 64 | 0b10 << 62 | rest & ((1 << 62) - 1)
    )
