"""What the server remembers of each phone, in plain SQL: these statements run with every sync."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg
from msgspec import Struct

from app.accounts.service import IN_ORDER
from app.errors import Unavailable
from app.spaces.actor import Actor
from app.spaces.open_space import OpenSpace
from app.sync.wire import MOST_MUTATIONS, Refusal

Connection = asyncpg.Connection

PHONES_ARE_REMEMBERED = timedelta(days=400)
PHONES_OF_AN_ACCOUNT = 200
IDS_ARE_KEPT = timedelta(days=30)
"""As long as phones keep what was acknowledged. An older copy of a phone that sends it again counts as a clone."""

OPEN_DEVICE = """
INSERT INTO sync_device (account_id, id, last, fault_number, fault_count, seen_at) VALUES ($1, $2, 0, 0, 0, $3)
ON CONFLICT (account_id, id) DO UPDATE SET seen_at = EXCLUDED.seen_at
RETURNING last, fault_number, fault_count, (SELECT epoch FROM instance) AS epoch, xmax = 0 AS is_new
"""

# Who is acting is found out in the same round trip: alone, that question takes a tenth of a sync.
_OPEN_DEVICE_OF_SESSION = """
WITH asking AS ({in_order})
INSERT INTO sync_device (account_id, id, last, fault_number, fault_count, seen_at)
SELECT account_id, $4, 0, 0, 0, $3 FROM asking
ON CONFLICT (account_id, id) DO UPDATE SET seen_at = EXCLUDED.seen_at
RETURNING last, fault_number, fault_count, (SELECT epoch FROM instance) AS epoch, xmax = 0 AS is_new,
    (SELECT session_id FROM asking) AS session_id, (SELECT journal_id FROM asking) AS journal_id
"""
OPEN_DEVICE_OF_SESSION = _OPEN_DEVICE_OF_SESSION.format(in_order=IN_ORDER)

FORGET_PHONES = """
DELETE FROM sync_device WHERE account_id = $1 AND id IN (
    SELECT id FROM sync_device WHERE account_id = $1 ORDER BY seen_at DESC, id OFFSET $2
)
"""

# ORDER BY before the lock: two batches that want the same spaces take them in the same order. Their keys stay as they
# are, so that what the waker writes about a space need not wait for a batch that may wait for the waker.
LOCK_SPACES = """
SELECT s.id, m.role, s.version FROM space s JOIN membership m ON m.space_id = s.id AND m.account_id = $1
WHERE s.id = ANY($2::uuid[]) OR ($3 AND s.kind = 'pair') ORDER BY s.id FOR NO KEY UPDATE OF s
"""

REMEMBERED = """
SELECT last, ids FROM sync_batch
WHERE account_id = $1 AND device_id = $2 AND last >= $3 AND last - cardinality(ids) < $4
"""

FORGET_IDS = """
DELETE FROM sync_batch USING sync_device d
WHERE d.account_id = sync_batch.account_id AND d.id = sync_batch.device_id
    AND sync_batch.at < $1 AND sync_batch.last <= d.last - $2::bigint
"""


class Standing(Struct):
    """How far a phone has come, and which number failed how often."""

    last: int
    fault_number: int
    fault_count: int
    epoch: UUID


class SessionOf(Struct, frozen=True):
    """What a phone shows of its session: the account that owns its store, and the hash of its token."""

    account_id: UUID
    token_hash: bytes


class NotInOrderError(Exception):
    """The session needs a closer look before anything is taken: it may be over, or only not seen for an hour."""


async def open_device(
    connection: Connection, who: Actor | SessionOf, device: UUID, now: datetime
) -> tuple[Actor, Standing]:
    """Lock the phone's line in the ledger, opening one for a phone not seen before. Says who is acting, too.

    Of more than 200 the ones longest unseen are forgotten: a new id costs a phone nothing, and somebody who takes
    one for each request nothing either.

    Raises Unavailable when the account was deleted just now: asking again, the phone is told that it has ended.
    NotInOrderError when that cannot be told from the session at once.
    """
    try:
        if isinstance(who, Actor):
            row = await connection.fetchrow(OPEN_DEVICE, who.account_id, device, now)
        else:
            row = await connection.fetchrow(OPEN_DEVICE_OF_SESSION, who.token_hash, who.account_id, now, device)
    except asyncpg.ForeignKeyViolationError as gone:
        raise Unavailable("try-again", "This account is being changed just now.", retry_after=1) from gone
    if row is None:
        raise NotInOrderError
    if row["is_new"]:
        await connection.execute(FORGET_PHONES, who.account_id, PHONES_OF_AN_ACCOUNT)
    actor = who if isinstance(who, Actor) else Actor(who.account_id, row["session_id"], row["journal_id"])
    return actor, Standing(row["last"], row["fault_number"], row["fault_count"], row["epoch"])


async def remembers(connection: Connection, account_id: UUID, device: UUID, ids: Mapping[int, UUID]) -> bool:
    """Whether all these numbers were taken before with just these ids."""
    rows = await connection.fetch(REMEMBERED, account_id, device, min(ids), max(ids))
    taken = {row["last"] - len(row["ids"]) + 1 + place: id_ for row in rows for place, id_ in enumerate(row["ids"])}
    return all(taken.get(number) == id_ for number, id_ in ids.items())


async def confirm(connection: Connection, account_id: UUID, device: UUID, numbers: Sequence[int]) -> None:
    """The phone holds these refusals itself now."""
    if numbers:
        await connection.execute(
            "DELETE FROM sync_refusal WHERE account_id = $1 AND device_id = $2 AND number = ANY($3::bigint[])",
            account_id,
            device,
            numbers,
        )


async def lock_spaces(
    connection: Connection, account_id: UUID, space_ids: Collection[UUID], *, in_pairs: bool
) -> list[OpenSpace]:
    """Lock those of the spaces that the account is a member of; with `in_pairs`, all its pairs too."""
    rows = await connection.fetch(LOCK_SPACES, account_id, list(space_ids), in_pairs)
    return [OpenSpace(row["id"], row["role"], row["version"]) for row in rows]


async def keep_refusals(connection: Connection, account_id: UUID, device: UUID, refusals: Sequence[Refusal]) -> None:
    """Keep the reasons until the phone confirms that it has them."""
    if refusals:
        await connection.executemany(
            "INSERT INTO sync_refusal (account_id, device_id, number, id, name, reason)"
            " VALUES ($1, $2, $3, $4, $5, $6)",
            [(account_id, device, r.number, r.id, r.name, r.reason) for r in refusals],
        )


async def prune(connection: Connection, now: datetime) -> None:
    """Phones not seen for 400 days are forgotten, with their numbers. Their rows stay where they are.

    Of the others, ids of more than 30 days ago are, but never those that a phone may still send again because it had no
    answer: everything it sends at once begins with the first number that was not acknowledged.
    """
    await connection.execute("DELETE FROM sync_device WHERE seen_at < $1", now - PHONES_ARE_REMEMBERED)
    await connection.execute(FORGET_IDS, now - IDS_ARE_KEPT, MOST_MUTATIONS)
