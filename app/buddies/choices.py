"""What a member wants to be told of each pair, and what the other learns of them: their own, pair by pair."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import asyncpg
from msgspec import UNSET, Struct, UnsetType

from app.spaces.open_space import OpenSpace

_START = """
INSERT INTO pair_choice (
    space_id, id, version, deleted, written_at, pair_id,
    messages, signals, shared_check_ins, asks, agreements, name_on_lock_screen, show_seen
)
VALUES ($1, $2, 0, false, $3, $4, true, true, false, true, true, false, false)
ON CONFLICT (space_id, id) DO NOTHING
"""

_CHANGE = """
UPDATE pair_choice SET version = $3, written_at = $4,
    messages = COALESCE($5, messages), signals = COALESCE($6, signals),
    shared_check_ins = COALESCE($7, shared_check_ins), asks = COALESCE($8, asks),
    agreements = COALESCE($9, agreements),
    name_on_lock_screen = COALESCE($10, name_on_lock_screen), show_seen = COALESCE($11, show_seen)
WHERE space_id = $1 AND id = $2
"""


class Changes(Struct, rename="camel"):
    """What of a member's choices for a pair is changed; what is left out stays.

    Pushes for `messages`, `signals`, `shared_check_ins`, `asks` and `agreements`; `name_on_lock_screen`: they name the
    other; `show_seen`: the other learns how far they have read.
    """

    messages: bool | UnsetType = UNSET
    signals: bool | UnsetType = UNSET
    shared_check_ins: bool | UnsetType = UNSET
    asks: bool | UnsetType = UNSET
    agreements: bool | UnsetType = UNSET
    name_on_lock_screen: bool | UnsetType = UNSET
    show_seen: bool | UnsetType = UNSET


async def change(
    connection: asyncpg.Connection, journal: OpenSpace, pair_id: UUID, me: UUID, changes: Changes, now: datetime
) -> None:
    """A member has chosen for a pair, in which they are `me`."""
    await connection.execute(_START, journal.id, me, now, pair_id)
    await connection.execute(
        _CHANGE,
        journal.id,
        me,
        journal.next_version(),
        now,
        *(
            None if (value := getattr(changes, name)) is UNSET else value
            for name in (
                "messages",
                "signals",
                "shared_check_ins",
                "asks",
                "agreements",
                "name_on_lock_screen",
                "show_seen",
            )
        ),
    )
