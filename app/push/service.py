"""What can be done with pushes: ask for them on a device, have something brought to a member, see what became of it."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

import asyncpg
from msgspec import Struct

from app.accounts import service as accounts
from app.db import Database
from app.errors import Conflict, NotSignedIn
from app.push import jobs, trial
from app.push.answered import Answered, answered
from app.push.kinds import (
    Decide,
    Decision,
    Defer,
    Drop,
    NewDelivery,
    PushKind,
    Send,
    Waiting,
    topic_of,
)
from app.push.payload import Action, Notification
from app.push.rules import KEPT, Keys, is_refusal, known_zone
from app.push.tables import PushSubscription
from app.spaces.actor import Actor

__all__ = [
    "Action",
    "Answered",
    "Decide",
    "Decision",
    "Defer",
    "Drop",
    "Figures",
    "NewDelivery",
    "Notification",
    "PushKind",
    "Send",
    "Status",
    "Waiting",
    "answered",
    "enqueue",
    "figures",
    "overtaken",
    "prune",
    "reached",
    "send_test",
    "status_of",
    "subscribe",
    "told_since",
    "topic_of",
    "unsubscribe",
    "was_sent",
    "with_devices",
]

DEVICES: Final = 20
"""Subscriptions that an account may have."""
OVERDUE: Final = timedelta(minutes=5)
"""A push that waits longer, and that nobody has looked at, shows that nobody delivers."""
_TEST_IS_WORTH: Final = timedelta(minutes=5)
_TESTS = accounts.Limit("push test", 10, timedelta(minutes=6))

# Signed in anew on the same browser, or moved from another session of the same member: the endpoint goes along.
_LEAVE = "DELETE FROM push_subscription WHERE account_id = $1 AND endpoint = $2 AND session_id <> $3"

_SUBSCRIBE = """
INSERT INTO push_subscription
    (id, account_id, session_id, endpoint, p256dh, auth, vapid_key, zone, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (session_id) DO UPDATE SET
    endpoint = EXCLUDED.endpoint, p256dh = EXCLUDED.p256dh, auth = EXCLUDED.auth, vapid_key = EXCLUDED.vapid_key,
    zone = EXCLUDED.zone
RETURNING id, (xmax = 0) AS new
"""

_KEEP_FEW = """
DELETE FROM push_subscription WHERE account_id = $1 AND id <> $2 AND id NOT IN (
    SELECT id FROM push_subscription WHERE account_id = $1 AND id <> $2 ORDER BY created_at DESC, id LIMIT $3
)
"""

_ENQUEUE = """
INSERT INTO push_delivery
    (id, key, subscription_id, job, kind, space_id, subject, local_date, slot, due_at, expires_at, state, attempts)
SELECT gen_random_uuid(), new.key, s.id, new.job, new.kind, new.space_id, new.subject, new.local_date, new.slot,
       new.due_at, new.expires_at, 'waiting', 0
FROM unnest($1::uuid[], $2::uuid[], $3::bytea[], $4::text[], $5::uuid[], $6::uuid[], $7::date[], $8::text[],
            $9::timestamptz[], $10::timestamptz[], $11::uuid[])
    AS new (account_id, session_id, key, kind, space_id, subject, local_date, slot, due_at, expires_at, job)
JOIN push_subscription s ON s.account_id = new.account_id AND (new.session_id IS NULL OR s.session_id = new.session_id)
ON CONFLICT (key, subscription_id) DO NOTHING
RETURNING job
"""

# Of the same kind and pair for the same device, and said later.
_OVERTAKEN = """
SELECT d.id FROM push_delivery d
WHERE d.id = ANY($1::uuid[]) AND EXISTS (
    SELECT FROM push_delivery newer
    WHERE newer.subscription_id = d.subscription_id AND newer.state = 'waiting' AND newer.kind = d.kind
        AND newer.space_id = d.space_id AND newer.due_at > d.due_at
)
"""

_TOLD_SINCE = """
SELECT d.space_id, d.subject, max(d.due_at) AS due_at
FROM push_delivery d JOIN unnest($2::uuid[], $3::uuid[]) AS about (space_id, subject) USING (space_id, subject)
WHERE d.kind = $1 AND d.due_at > $4 AND d.state <> 'dropped'
GROUP BY d.space_id, d.subject
"""

_WITH_DEVICES = """
SELECT DISTINCT s.account_id FROM push_subscription s
JOIN session ON session.id = s.session_id AND session.signed_out_at IS NULL
WHERE s.account_id = ANY($1::uuid[])
"""

_WAS_SENT = """
SELECT true FROM push_delivery d JOIN push_subscription s ON s.id = d.subscription_id AND s.session_id = $2
WHERE d.key = $1 AND d.state = 'sent'
"""

_REACHED = """
UPDATE push_subscription SET reached_at = GREATEST(reached_at, $3)
WHERE session_id = $1 AND EXISTS (
    SELECT FROM push_delivery d WHERE d.key = $2 AND d.subscription_id = push_subscription.id
)
"""


_ENDED = """
SELECT state, COALESCE(reason, '') AS reason, count(*)
FROM push_delivery WHERE finished_at > $1 GROUP BY 1, 2 ORDER BY 3 DESC
"""

_DEVICES = """
SELECT substring(endpoint FROM '^https?://([^/]*)') AS service, count(*)
FROM push_subscription GROUP BY 1 ORDER BY 2 DESC, 1
"""

# What was put off to the end of quiet hours, or failed and waits for its next try, is not late.
_WAITS = """
SELECT count(*), $1 - min(due_at) FILTER (WHERE due_at < $1 AND reason IS NULL) AS overdue
FROM push_delivery WHERE state = 'waiting' AND expires_at > $1
"""


class Subscribed(Struct, frozen=True):
    """A device that will be reached; `new`: it was not before."""

    id: UUID
    new: bool


class Status(Struct, frozen=True):
    """Whether a device will be reached, and when that was last seen to work."""

    subscribed: bool
    accepted_at: datetime | None = None
    reached_at: datetime | None = None


class Figures(Struct, frozen=True):
    """How pushes are doing: devices by push service; what ended in the last 24 hours, by reason; what waits.

    `overdue`: how long the oldest one waits that nobody has looked at.
    """

    devices: dict[str, int]
    sent: int
    dropped: dict[str, int]
    failed: dict[str, int]
    waiting: int
    overdue: timedelta

    @property
    def refused(self) -> dict[str, int]:
        """What push services would not take: for the operator to look into."""
        return {reason: count for reason, count in self.failed.items() if is_refusal(reason)}


async def subscribe(
    connection: asyncpg.Connection, actor: Actor, endpoint: str, keys: Keys, zone: str, now: datetime
) -> Subscribed:
    """A member's device gets pushes from now on, at an endpoint that was looked at before; its last one is replaced.

    Inside a transaction. Beyond twenty devices the one that subscribed first goes.
    Raises `Conflict` "endpoint-taken": another member has it; `NotSignedIn`: the session has ended meanwhile.
    """
    await connection.execute(_LEAVE, actor.account_id, endpoint, actor.session_id)
    try:
        row = await connection.fetchrow(
            _SUBSCRIBE,
            uuid4(),
            actor.account_id,
            actor.session_id,
            endpoint,
            keys.p256dh,
            keys.auth,
            keys.vapid,
            known_zone(zone),
            now,
        )
    except asyncpg.UniqueViolationError as error:
        raise Conflict(
            "endpoint-taken", "Pushes on this browser belong to another sign-in. Turn them on anew."
        ) from error
    except asyncpg.ForeignKeyViolationError as error:
        # Signed out while this was on its way.
        raise NotSignedIn("signed-out", "Sign in again to go on.") from error
    assert row is not None  # noqa: S101 - it inserts or updates
    await connection.execute(_KEEP_FEW, actor.account_id, row["id"], DEVICES - 1)
    return Subscribed(row["id"], row["new"])


async def unsubscribe(connection: asyncpg.Connection, actor: Actor, endpoint: str) -> None:
    """A member's device gets no pushes any more; also right when it got none."""
    await connection.execute(
        "DELETE FROM push_subscription WHERE account_id = $1 AND endpoint = $2", actor.account_id, endpoint
    )


async def status_of(actor: Actor) -> Status:
    """A member sees whether this device will be reached."""
    rows = await PushSubscription.select(PushSubscription.accepted_at, PushSubscription.reached_at).where(
        PushSubscription.session_id == actor.session_id
    )
    return Status(subscribed=True, **rows[0]) if rows else Status(subscribed=False)


async def count_test(connection: asyncpg.Connection, actor: Actor, now: datetime) -> None:
    """A test on this device is counted: ten at once, ten an hour. Outside a transaction. Raises `TooMany`."""
    await accounts.take_a_try(connection, accounts.Bucket(_TESTS, actor.session_id.bytes), now)


async def send_test(connection: asyncpg.Connection, actor: Actor, now: datetime) -> str:
    """A push is on its way to this device; returns its topic.

    Inside a transaction. Raises `Conflict` "not-subscribed".
    """
    key = secrets.token_bytes(24)
    delivery = NewDelivery(
        account_id=actor.account_id,
        session_id=actor.session_id,
        key=key,
        kind=trial.NAME,
        due_at=now,
        expires_at=now + _TEST_IS_WORTH,
        priority=1,
    )
    if not await enqueue(connection, [delivery], now):
        raise Conflict("not-subscribed", "This device gets no pushes yet. Turn them on first.")
    return topic_of(key)


async def reached(connection: asyncpg.Connection, actor: Actor, key: bytes, at: datetime, now: datetime) -> None:
    """A push has come to this device: at this time by its clock, which is believed within the last day."""
    believed = min(max(at, now - timedelta(days=1)), now)
    await connection.execute(_REACHED, actor.session_id, key, believed)


async def enqueue(connection: asyncpg.Connection, deliveries: Sequence[NewDelivery], now: datetime) -> int:
    """Bring something to all devices that these are for, once the transaction around commits.

    What was said before under the same key stays as it is. Returns how many deliveries there are now that were not.
    """
    del now  # the queue takes the database's clock
    if not deliveries:
        return 0
    in_order = sorted(deliveries, key=lambda new: -new.priority)
    together = [uuid4() for _ in range(0, len(in_order), jobs.TOGETHER)]
    rows = await connection.fetch(
        _ENQUEUE,
        [new.account_id for new in in_order],
        [new.session_id for new in in_order],
        [new.key for new in in_order],
        [new.kind for new in in_order],
        [new.space_id for new in in_order],
        [new.subject for new in in_order],
        [new.local_date for new in in_order],
        [new.slot for new in in_order],
        [new.due_at for new in in_order],
        [new.expires_at for new in in_order],
        [together[number // jobs.TOGETHER] for number in range(len(in_order))],
    )
    needed = {row["job"] for row in rows}
    priorities = [in_order[number * jobs.TOGETHER].priority for number in range(len(together))]
    await jobs.add(
        connection,
        [jobs.NewJob(job, priority) for job, priority in zip(together, priorities, strict=True) if job in needed],
    )
    return len(rows)


async def overtaken(connection: asyncpg.Connection, ids: Sequence[UUID]) -> set[UUID]:
    """Which of these deliveries need not be made: a later one of their kind waits for the same device."""
    return {row["id"] for row in await connection.fetch(_OVERTAKEN, ids)}


async def told_since(
    connection: asyncpg.Connection, kind: str, subjects: Collection[tuple[UUID, UUID]], since: datetime
) -> dict[tuple[UUID, UUID], datetime]:
    """Which of these (space and subject) were told of by this kind after `since`, or are about to be, and when last."""
    spaces, about = [space for space, _ in subjects], [subject for _, subject in subjects]
    rows = await connection.fetch(_TOLD_SINCE, kind, spaces, about, since)
    return {(row["space_id"], row["subject"]): row["due_at"] for row in rows}


async def with_devices(connection: asyncpg.Connection, account_ids: Collection[UUID]) -> set[UUID]:
    """Which of these members have a device that pushes can reach."""
    return {row["account_id"] for row in await connection.fetch(_WITH_DEVICES, list(account_ids))}


async def was_sent(connection: asyncpg.Connection, key: bytes, session_id: UUID) -> bool:
    """Whether a push service took what has this key, for this device."""
    return bool(await connection.fetchval(_WAS_SENT, key, session_id))


async def prune(connection: asyncpg.Connection, now: datetime) -> int:
    """What became of pushes is forgotten after 30 days, and the queue's own log after one; returns how many lines."""
    deleted = await connection.execute("DELETE FROM push_delivery WHERE finished_at <= $1", now - KEPT)
    logged = await jobs.prune(connection, now)
    return int(deleted.removeprefix("DELETE ")) + logged


async def figures(database: Database, now: datetime) -> Figures:
    """How pushes are doing, for the operator."""
    async with database.connection() as connection:
        day_ago = now - timedelta(days=1)
        ended = await connection.fetch(_ENDED, day_ago)
        devices = await connection.fetch(_DEVICES)
        waiting = await connection.fetchrow(_WAITS, now)
    assert waiting is not None  # noqa: S101 - an aggregate has one row
    return Figures(
        devices={row["service"]: row["count"] for row in devices},
        sent=sum(row["count"] for row in ended if row["state"] == "sent"),
        dropped={row["reason"]: row["count"] for row in ended if row["state"] == "dropped"},
        failed={row["reason"]: row["count"] for row in ended if row["state"] == "failed"},
        waiting=waiting["count"],
        overdue=waiting["overdue"] or timedelta(0),
    )
