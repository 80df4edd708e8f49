"""A buddy is asked to say hello when there was no check-in for a while: only if the member wants it, in their words.

Nothing is ever said of how somebody is. While the member's own reminders are paused nobody is told anything, and the
time counts anew from the end of the pause: a pause costs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID

import asyncpg
from msgspec import Struct

from app.buddies import agreements, kept, pairs, pushes, rules
from app.due import service as dues
from app.due.service import Due
from app.errors import Refused
from app.reminders import service as reminders
from app.spaces.actor import Actor
from app.spaces.open_space import OpenSpace
from app.sync.apart import opened

DUE: Final = "missed_check_in"
"""The kind of what falls due: of a pair and who the member is in it."""

AfterHours = Literal[24, 48, 72, 168]

_SET = """
INSERT INTO missed_check_in
    (space_id, id, version, deleted, written_at, pair_id, is_on, after_hours, words, counts_from)
VALUES ($1, $2, $3, false, $4, $5, $6, $7, $8, $4)
ON CONFLICT (space_id, id) DO UPDATE SET
    version = EXCLUDED.version, deleted = false, written_at = EXCLUDED.written_at, is_on = EXCLUDED.is_on,
    after_hours = EXCLUDED.after_hours, words = EXCLUDED.words, counts_from = EXCLUDED.counts_from
"""

# An older one that comes late moves nothing: who has been told of it would be told again.
_CHECKED_IN = """
WITH moved AS (
    UPDATE missed_check_in SET counts_from = $2
    WHERE space_id = $1 AND is_on AND NOT deleted AND counts_from < $2
    RETURNING pair_id, id, $2 + make_interval(hours => after_hours) AS due_at
)
INSERT INTO due (kind, space_id, subject, due_at) SELECT $3, pair_id, id, due_at FROM moved
ON CONFLICT (kind, space_id, subject) DO UPDATE SET due_at = EXCLUDED.due_at
"""

_COUNT_ANEW = """
UPDATE missed_check_in SET counts_from = $2 WHERE space_id = $1 AND is_on AND NOT deleted
RETURNING pair_id, id, after_hours
"""

_LOAD = """
SELECT s.pair_id, s.id, s.after_hours, s.words, m.account_id
FROM unnest($1::uuid[], $2::uuid[]) AS d (pair_id, me)
JOIN membership m ON m.space_id = d.pair_id AND m.me = d.me
JOIN missed_check_in s ON s.pair_id = m.space_id AND s.id = m.me AND s.is_on AND NOT s.deleted
JOIN agreement a ON a.space_id = m.space_id AND a.state = 'in-force' AND NOT a.deleted
"""

# A batch that brings a check-in holds it, and waits for what is claimed here: so it is never waited for.
_HOLD = """
SELECT s.pair_id, s.id FROM unnest($1::uuid[], $2::uuid[]) AS d (pair_id, me)
JOIN missed_check_in s ON s.pair_id = d.pair_id AND s.id = d.me
FOR NO KEY UPDATE OF s SKIP LOCKED
"""

_SAID = "UPDATE missed_check_in SET counts_from = $3 WHERE pair_id = $1 AND id = $2"

_SAY = """
INSERT INTO hello (space_id, id, version, deleted, written_at, words, said_at) VALUES ($1, $2, $3, false, $4, $5, $4)
ON CONFLICT (space_id, id) DO UPDATE SET
    version = EXCLUDED.version, deleted = false, written_at = EXCLUDED.written_at, words = EXCLUDED.words,
    said_at = EXCLUDED.said_at
"""

_UNSAY = """
UPDATE hello SET version = $3, deleted = true, written_at = $4, words = '', said_at = NULL
WHERE space_id = $1 AND id = $2 AND NOT deleted
"""

_LATE: Final = timedelta(minutes=30)
_AFTER_AN_OUTAGE: Final = timedelta(hours=2)
"""Phones have this long to bring the check-ins that they could not send while the server was away."""
_BUSY: Final = timedelta(seconds=1)


class _Missed(Struct, frozen=True):
    """Who is to be told of a member, by `_LOAD`; `id`: who the member is in the pair."""

    pair_id: UUID
    id: UUID
    after_hours: int
    words: str
    account_id: UUID


class HelloWish(Struct, rename="camel", kw_only=True):
    """After how many hours without a check-in the buddy is asked to say hello, and in which words."""

    on: bool
    after_hours: AfterHours = 48
    words: str = ""


async def wish_for_hello(
    connection: asyncpg.Connection, actor: Actor, journal: OpenSpace, pair: OpenSpace, wanted: HelloWish, now: datetime
) -> None:
    """A member wants a buddy to be told, or does not any more: then the words are gone there too.

    Raises:
        Refused: `no-agreement`, `text-too-long`, `invalid`.
    """
    if not rules.is_text(wanted.words, rules.LONGEST_HELLO):
        raise Refused("text-too-long" if len(wanted.words) > rules.LONGEST_HELLO else "invalid")
    # Turning it off is never refused for what was written once.
    if wanted.on and not (wanted.words.strip() and rules.is_on_one_line(wanted.words)):
        raise Refused("invalid")
    if wanted.on and (await agreements.current(connection, pair.id)).in_force is None:
        raise Refused("no-agreement")
    me = await pairs.row_of(connection, actor.account_id, pair.id)
    await connection.execute(
        _SET, journal.id, me, journal.next_version(), now, pair.id, wanted.on, wanted.after_hours, wanted.words
    )
    if wanted.on:
        await count_anew(connection, actor, now)
        return
    await dues.forget(connection, DUE, [(pair.id, me)])
    await kept.keep_hello(connection, pair.id, me, now)
    if await connection.execute(_UNSAY, pair.id, me, pair.version + 1, now) != "UPDATE 0":
        pair.next_version()


async def checked_in(connection: asyncpg.Connection, journal_id: UUID, happened_at: datetime, now: datetime) -> None:
    """A member has checked in: the time counts from then, where it is later than what it counted from."""
    await connection.execute(_CHECKED_IN, journal_id, min(happened_at, now), DUE)


async def count_anew(connection: asyncpg.Connection, actor: Actor, now: datetime) -> None:
    """The time counts from now on for each pair or, in a pause of the member's reminders, from its end."""
    rows = await connection.fetch(_COUNT_ANEW, actor.journal_id, now)
    if not rows:
        return
    begin = (await reminders.paused(connection, {actor.account_id}, now)).get(actor.account_id, now)
    await dues.set_due(
        connection,
        DUE,
        [Due(row["pair_id"], row["id"], begin + timedelta(hours=row["after_hours"])) for row in rows],
    )


async def wake(connection: asyncpg.Connection, claimed: Sequence[Due], now: datetime) -> None:
    """There was no check-in for so long: the buddies are asked to say hello, once until there is another."""
    claims = [due.space_id for due in claimed], [due.subject for due in claimed]
    held = {(row["pair_id"], row["id"]) for row in await connection.fetch(_HOLD, *claims)}
    found = {(one.pair_id, one.id): one for one in (_Missed(**row) for row in await connection.fetch(_LOAD, *claims))}
    paused = await reminders.paused(connection, {one.account_id for one in found.values()}, now)
    later: list[Due] = []
    # Somebody who writes there just now may wait for what is claimed here: never the other way round.
    async with opened(connection, {pair_id for pair_id, _ in found}, wait=False) as free:
        for due in claimed:
            missed = found.get((due.space_id, due.subject))
            if missed is None:
                continue
            again = _again(missed, due, paused.get(missed.account_id), now)
            if again is None and (due.space_id not in free or (due.space_id, due.subject) not in held):
                again = now + _BUSY
            if again is None:
                await _say(connection, missed, free[due.space_id], now)
            else:
                later.append(Due(due.space_id, due.subject, again))
    await dues.put_off(connection, DUE, later)
    kept = {(due.space_id, due.subject) for due in later}
    await dues.forget(connection, DUE, {(due.space_id, due.subject) for due in claimed} - kept)


def _again(missed: _Missed, due: Due, pause: datetime | None, now: datetime) -> datetime | None:
    """When to look again; None: it is time."""
    if pause is not None:
        return pause + timedelta(hours=missed.after_hours)
    return now + _AFTER_AN_OUTAGE if now - due.due_at > _LATE else None


async def _say(connection: asyncpg.Connection, missed: _Missed, pair: OpenSpace, now: datetime) -> None:
    await kept.keep_hello(connection, pair.id, missed.id, now)
    await connection.execute(_SAY, pair.id, missed.id, pair.next_version(), now, missed.words)
    # A check-in from before counts no more, however late it comes: it would be said again at once, and again.
    await connection.execute(_SAID, pair.id, missed.id, now)
    await pushes.tell_the_other(connection, pair.id, missed.account_id, "hello", now)
