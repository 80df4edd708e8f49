"""Asks: how somebody is asked for company by a buddy, answers, and is told when it is over. One row in the pair."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID

import asyncpg
from msgspec import Struct

from app.buddies import reach_out_rules, rules
from app.buddies.reach_out_rules import Answer, Buddy, Want
from app.buddies.rest import resting
from app.due import service as dues
from app.due.service import Due
from app.push import service as pushes
from app.push.kinds import NewDelivery
from app.spaces.open_space import OpenSpace

State = Literal["open", "passed", "ended"]

KIND: Final = "ask"
ANSWERED: Final = "ask_answered"
"""The kinds of pushes: to whoever is asked, and back to whoever asks."""
OVER: Final = "over"
"""The `slot` of the push that stands in for an ask that is needed no longer."""

_REACH_OUT: Final = "reach_out"
_WORTH: Final = timedelta(minutes=30)
"""For how long an answer, or that it is over, is worth showing."""

_ASK = """
INSERT INTO ask (space_id, id, version, deleted, written_at, by, want, asked_at, state)
VALUES ($1, $2, $3, false, $4, $5, $6, $4, 'open')
"""

_BECOMES = "UPDATE ask SET version = $3, written_at = $4, state = $5 WHERE space_id = $1 AND id = $2 AND NOT deleted"

_BURY = """
UPDATE ask SET version = $3, deleted = true, written_at = $4, want = NULL, state = 'ended', answer = NULL
WHERE space_id = $1 AND id = $2 AND NOT deleted
"""

_FIND = "SELECT by, answer FROM ask WHERE space_id = $1 AND id = $2 AND NOT deleted"

_ANSWER = "UPDATE ask SET version = $3, written_at = $4, answer = $5 WHERE space_id = $1 AND id = $2"

_OF = "SELECT journal_id, reach_out_id FROM reach_out_part WHERE pair_id = $1 AND ask_id = $2"

_BUDDY = """
SELECT other.account_id, mine.me AS by, COALESCE(c.asks, true) AS wants_asks,
       EXISTS (
           SELECT FROM agreement a WHERE a.space_id = mine.space_id AND a.state = 'in-force' AND NOT a.deleted
       ) AS agreed,
       (SELECT count(*) FROM ask a WHERE a.space_id = mine.space_id AND a.by = mine.me AND a.asked_at > $3)
           AS asked_by_me,
       (SELECT count(*) FROM ask a JOIN membership m ON m.space_id = a.space_id AND m.account_id = other.account_id
        WHERE a.by <> m.me AND a.asked_at > $3) AS asked
FROM membership mine
JOIN membership other ON other.space_id = mine.space_id AND other.account_id <> mine.account_id
LEFT JOIN pair_choice c ON c.pair_id = mine.space_id AND c.id = other.me AND NOT c.deleted
WHERE mine.space_id = $1 AND mine.account_id = $2
"""

_SECRET = "SELECT reminder_secret FROM instance"  # noqa: S105 - a statement

_WHO_ELSE = """
SELECT m.account_id FROM ask a JOIN membership m ON m.space_id = a.space_id AND m.me <> a.by
WHERE a.space_id = $1 AND a.id = $2
"""


class WhoIsAsked(Struct, frozen=True):
    """A buddy, who asks them (`by`, the asker's row in the pair), and what decides whether they are asked."""

    account_id: UUID
    by: UUID
    standing: Buddy


class Answered(Struct, frozen=True):
    """Somebody has answered an ask."""

    pair: UUID
    ask_id: UUID
    answer: Answer


async def who_is_asked(connection: asyncpg.Connection, pair_id: UUID, asker: UUID, now: datetime) -> WhoIsAsked | None:
    """The buddy of an account in this pair; None: there is none any more."""
    row = await connection.fetchrow(_BUDDY, pair_id, asker, reach_out_rules.a_day_before(now))
    if row is None:
        return None
    account_id: UUID = row["account_id"]
    standing = Buddy(
        agreed=row["agreed"],
        resting=account_id in await resting(connection, {account_id}, now),
        wants_asks=row["wants_asks"],
        has_device=account_id in await pushes.with_devices(connection, {account_id}),
        asked=row["asked"],
        asked_by_me=row["asked_by_me"],
    )
    return WhoIsAsked(account_id, row["by"], standing)


async def ask(
    connection: asyncpg.Connection,
    pair: OpenSpace,
    ask_id: UUID,
    buddy: WhoIsAsked,
    want: Want,
    *,
    until: datetime,
    now: datetime,
) -> None:
    """Somebody is asked, and hears of it by a push at once; it is not worth showing once it went on to another."""
    await connection.execute(_ASK, pair.id, ask_id, pair.next_version(), now, buddy.by, want)
    await _push(connection, buddy.account_id, _Push(pair.id, ask_id, KIND, None, until), now)


async def answer(
    connection: asyncpg.Connection, pair: OpenSpace, me: UUID, ask_id: UUID, said: Answer, now: datetime
) -> None:
    """Whoever was asked answers, however late; the reach-out goes on, or has come to its end, in the same second.

    What is gone, or was asked by oneself, stays as it is.
    """
    row = await connection.fetchrow(_FIND, pair.id, ask_id)
    if row is None or row["by"] == me or row["answer"] == said or not reach_out_rules.may_answer(row["answer"]):
        return
    await connection.execute(_ANSWER, pair.id, ask_id, pair.next_version(), now, said)
    part = await connection.fetchrow(_OF, pair.id, ask_id)
    if part is not None:
        await dues.set_due(connection, _REACH_OUT, [Due(part["journal_id"], part["reach_out_id"], now)])


async def become(connection: asyncpg.Connection, pair: OpenSpace, ask_id: UUID, state: State, now: datetime) -> None:
    """It has gone on to another (`passed`), or is needed no longer (`ended`)."""
    await connection.execute(_BECOMES, pair.id, ask_id, pair.next_version(), now, state)


async def bury(connection: asyncpg.Connection, pair: OpenSpace, ask_id: UUID, now: datetime) -> None:
    """Nothing is left of it."""
    status = await connection.execute(_BURY, pair.id, ask_id, pair.version + 1, now)
    if status != "UPDATE 0":
        pair.next_version()


async def tell_that_it_is_over(connection: asyncpg.Connection, pair_id: UUID, ask_id: UUID, now: datetime) -> None:
    """What stands on the lock screen of whoever was asked is out of date: told once."""
    account_id = await connection.fetchval(_WHO_ELSE, pair_id, ask_id)
    if account_id is not None:
        await _push(connection, account_id, _Push(pair_id, ask_id, KIND, OVER, now + _WORTH), now)


async def tell_of_answers(
    connection: asyncpg.Connection, asker: UUID, answered: Collection[Answered], now: datetime
) -> None:
    """Whoever asked hears of "I can" and "Later today" by a push, once each."""
    for one in answered:
        if one.answer != "cant":
            push = _Push(one.pair, one.ask_id, ANSWERED, one.answer, now + _WORTH)
            await _push(connection, asker, push, now)


def push_key(secret: bytes, ask_id: UUID, kind: str = KIND, slot: str | None = None) -> bytes:
    """What names one push about an ask."""
    return rules.push_key(secret, f"{kind} {slot or ''}", ask_id)


class _Push(Struct, frozen=True):
    pair_id: UUID
    ask_id: UUID
    kind: str
    slot: str | None
    until: datetime


async def _push(connection: asyncpg.Connection, account_id: UUID, push: _Push, now: datetime) -> None:
    secret: bytes = await connection.fetchval(_SECRET)
    delivery = NewDelivery(
        account_id=account_id,
        key=push_key(secret, push.ask_id, push.kind, push.slot),
        kind=push.kind,
        space_id=push.pair_id,
        subject=push.ask_id,
        slot=push.slot,
        due_at=now,
        expires_at=push.until,
        priority=1,
    )
    await pushes.enqueue(connection, [delivery], now)
