"""What two say to each other: signals, which need no words, and messages."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import asyncpg

from app.buddies import pace, rules
from app.buddies.rules import Signal
from app.errors import Refused
from app.spaces.open_space import OpenSpace

_AGREED = "SELECT true FROM agreement WHERE space_id = $1 AND state = 'in-force' AND NOT deleted"

# Also one that was taken back meanwhile: whoever answers it could not know.
_IS_SHARED = "SELECT true FROM shared_check_in WHERE space_id = $1 AND id = $2 AND shared_by <> $3"

_NUDGES = """
SELECT count(*) FROM (
    SELECT FROM signal
    WHERE space_id = $1 AND sent_by = $2 AND signal = 'thinking' AND about IS NULL AND sent_at > $3
    ORDER BY sent_at DESC LIMIT $4
) AS last
"""

_SIGNAL = """
INSERT INTO signal (space_id, id, version, deleted, written_at, sent_by, signal, about, sent_at)
VALUES ($1, $2, $3, false, $4, $5, $6, $7, $4) ON CONFLICT DO NOTHING
"""

# By version, for which there is an index: the latest come first, and no more than these are read.
_MESSAGES_SAID = """
SELECT count(*) FROM (
    SELECT sent_at FROM message WHERE space_id = $1 AND sent_by = $2 ORDER BY version DESC LIMIT $4
) AS last WHERE sent_at > $3
"""

_SIGNALS_SAID = """
SELECT count(*) FROM (
    SELECT sent_at FROM signal WHERE space_id = $1 AND sent_by = $2 ORDER BY version DESC LIMIT $4
) AS last WHERE sent_at > $3
"""

_MESSAGE = """
INSERT INTO message (space_id, id, version, deleted, written_at, sent_by, text, sent_at)
VALUES ($1, $2, $3, false, $4, $5, $6, $4) ON CONFLICT DO NOTHING
"""

_EMPTY = """
UPDATE message SET version = $4, deleted = true, written_at = $5, text = ''
WHERE space_id = $1 AND id = $2 AND sent_by = $3 AND NOT deleted
"""


async def signal(
    connection: asyncpg.Connection,
    pair: OpenSpace,
    me: UUID,
    signal_id: UUID,
    which: Signal,
    *,
    about: UUID | None,
    now: datetime,
) -> bool:
    """One gives the other a sign, perhaps as an answer to something shared. Given before, it changes nothing.

    Returns whether it is new.

    Raises:
        Refused: `no-agreement`; `too-many-nudges`: three of "thinking of you" within a day are enough; `too-fast`;
            `invalid`.
    """
    await _check_agreed(connection, pair)
    await pace.check(connection, pair.id, me, _SIGNALS_SAID, now, most=rules.MOST_SAID)
    if about is not None:
        if not await connection.fetchval(_IS_SHARED, pair.id, about, me):
            raise Refused("invalid")
    elif which == "thinking":
        since = now - rules.NUDGES_WITHIN
        if await connection.fetchval(_NUDGES, pair.id, me, since, rules.MOST_NUDGES) >= rules.MOST_NUDGES:
            raise Refused("too-many-nudges")
    return await _write(connection, pair, _SIGNAL, signal_id, now, me, which, about)


async def say(
    connection: asyncpg.Connection, pair: OpenSpace, me: UUID, message_id: UUID, text: str, now: datetime
) -> bool:
    """One writes to the other. Written before, it changes nothing. Returns whether it is new.

    Raises:
        Refused: `no-agreement`, `too-fast`, `text-too-long`, `invalid`.
    """
    await _check_agreed(connection, pair)
    await pace.check(connection, pair.id, me, _MESSAGES_SAID, now, most=rules.MOST_SAID)
    if len(text) > rules.LONGEST_MESSAGE:
        raise Refused("text-too-long")
    if not text.strip() or not rules.is_text(text, rules.LONGEST_MESSAGE):
        raise Refused("invalid")
    return await _write(connection, pair, _MESSAGE, message_id, now, me, text)


async def empty(connection: asyncpg.Connection, pair: OpenSpace, me: UUID, message_id: UUID, now: datetime) -> None:
    """What one wrote is gone for both. What the other wrote stays, and so does one that is gone."""
    status = await connection.execute(_EMPTY, pair.id, message_id, me, pair.version + 1, now)
    if status != "UPDATE 0":
        pair.next_version()


async def _check_agreed(connection: asyncpg.Connection, pair: OpenSpace) -> None:
    """Nothing is said before both said yes."""
    if not await connection.fetchval(_AGREED, pair.id):
        raise Refused("no-agreement")


async def _write(
    connection: asyncpg.Connection,
    pair: OpenSpace,
    statement: str,
    row_id: UUID,
    now: datetime,
    me: UUID,
    *given: object,
) -> bool:
    status = await connection.execute(statement, pair.id, row_id, pair.version + 1, now, me, *given)
    if status == "INSERT 0 0":
        return False
    pair.next_version()
    return True
