"""Sessions: each is one browser that a member is signed in on, which the interface calls a device.

    started ──(new password elsewhere)──> signed out ──(signed in again there)──> replaced by a new one
       │                                      │
       └──(ended from the list, account deleted)──> its token is in `ended_token`: the phone erases what it holds

A device that was only signed out keeps its data and stays in the list, so that a lost phone can still be ended.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID, uuid4

import asyncpg
from msgspec import Struct

from app.accounts.rules import device_label
from app.accounts.tables import Session
from app.errors import NotFound, NotSignedIn, Unavailable
from app.spaces.actor import Actor

KEPT = timedelta(days=400)
"""How long a session lasts after it was last used: the longest that browsers keep a cookie (RFC 6265bis, 5.5)."""

_SEEN_EVERY = timedelta(hours=1)
_KNOWN_DEVICES = 20

_FIND = """
SELECT session.id, session.account_id, session.seen_at, session.signed_out_at, session.held_until, membership.space_id
FROM session
JOIN membership ON membership.account_id = session.account_id AND membership.role = 'owner'
JOIN space ON space.id = membership.space_id AND space.kind = 'journal'
WHERE session.token_hash = $1
"""

IN_ORDER = """
SELECT session.id AS session_id, session.account_id, membership.space_id AS journal_id FROM session
JOIN membership ON membership.account_id = session.account_id AND membership.role = 'owner'
JOIN space ON space.id = membership.space_id AND space.kind = 'journal'
WHERE session.token_hash = $1 AND session.account_id = $2 AND session.signed_out_at IS NULL
    AND (session.held_until IS NULL OR session.held_until <= $3)
    AND session.seen_at > $3 - interval '1 hour'
"""
"""Who holds the token with this hash on this account, for others' statements to begin with; $3 is the time.

A row only if there is nothing to say about the session and nothing to write down (it was seen within the hour):
otherwise `find` has to look.
"""

_START = """
INSERT INTO session (id, account_id, token_hash, known_hash, label, created_at, seen_at)
VALUES ($1, $2, $3, $4, $5, $6, $6)
"""

_KNOW = """
INSERT INTO known_device (account_id, hash, seen_at) VALUES ($1, $2, $3)
ON CONFLICT (account_id, hash) DO UPDATE SET seen_at = EXCLUDED.seen_at
"""

# Each known device has tries of its own; with few of them that adds up to little.
_KNOW_FEW = """
DELETE FROM known_device WHERE account_id = $1 AND hash IN (
    SELECT hash FROM known_device WHERE account_id = $1 ORDER BY seen_at DESC, hash OFFSET $2
)
"""

_END = """
WITH gone AS (
    DELETE FROM session WHERE id = $1 AND account_id = $2 RETURNING token_hash, known_hash
), stranger AS (
    DELETE FROM known_device USING gone WHERE account_id = $2 AND hash = gone.known_hash
)
INSERT INTO ended_token (token_hash, ended_at) SELECT token_hash, $3 FROM gone RETURNING true
"""

_PRUNE = (
    "DELETE FROM session WHERE seen_at <= $1",
    "DELETE FROM ended_token WHERE ended_at <= $1",
    """
    DELETE FROM known_device WHERE seen_at <= $1 AND NOT EXISTS (
        SELECT FROM session WHERE session.account_id = known_device.account_id AND known_hash = known_device.hash
    )
    """,
)


class SignedOut(NotSignedIn):
    """Nobody is signed in here (any more). The phone keeps everything and asks to sign in."""

    def __init__(self) -> None:
        super().__init__("signed-out", "Sign in to go on. What is on this phone stays here.")


class DeviceEnded(NotSignedIn):
    """This device was ended from another one, or the account was deleted. The phone erases its store."""

    def __init__(self) -> None:
        super().__init__("device-ended", "This device was signed out for good, and its copy has to go.")


class Visit(Struct, frozen=True):
    """Where a request to come in comes from: an address, and what this browser was given before."""

    address: str
    session_token: str | None = None
    known_token: str | None = None

    def known_hash(self, name_key: str) -> bytes:
        """What this browser is known by under this name, and only there: two accounts on one phone show no link."""
        return sha256(f"known device\0{name_key}\0{self.known_token or ''}".encode("utf-8", "replace")).digest()


class Started(Struct, frozen=True):
    """A new session: what to put into the browser's two cookies, and the session that stood there before."""

    token: str
    known_token: str
    replaced: UUID | None


class Found(Struct, frozen=True):
    """Who is acting; `new_day`: for the first time this day (UTC), so that the cookie is renewed."""

    actor: Actor
    new_day: bool


class Device(Struct, frozen=True):
    """One line of the list of devices. `seen_at` is exact to the hour. `label` may be empty."""

    id: UUID
    label: str
    created_at: datetime
    seen_at: datetime
    current: bool
    signed_out: bool


def token_hash(token: str) -> bytes:
    """How a token is kept. It has 256 random bits, so there is nothing to guess from its SHA-256."""
    return sha256(token.encode("utf-8", "replace")).digest()


async def start(
    connection: asyncpg.Connection, account_id: UUID, name_key: str, visit: Visit, label: str, now: datetime
) -> Started:
    """A member is signed in on this browser now. A session that was open on it, whoever's, is replaced."""
    replaced = await connection.fetchval(
        "DELETE FROM session WHERE token_hash = $1 RETURNING id", token_hash(visit.session_token or "")
    )
    token = secrets.token_urlsafe(32)
    if not visit.known_token:
        visit = Visit(visit.address, visit.session_token, secrets.token_urlsafe(32))
    known = visit.known_hash(name_key)
    await connection.execute(_START, uuid4(), account_id, token_hash(token), known, device_label(label), now)
    await connection.execute(_KNOW, account_id, known, now)
    await connection.execute(_KNOW_FEW, account_id, _KNOWN_DEVICES)
    return Started(token, visit.known_token or "", replaced)


async def find(connection: asyncpg.Connection, token: str, now: datetime) -> Found:
    """Who holds this token. At most once an hour it is written down that the device was here.

    Raises `SignedOut`, `DeviceEnded`, or `Unavailable` while the account is being deleted.
    """
    row = await connection.fetchrow(_FIND, token_hash(token))
    if row is None:
        ended = await connection.fetchval("SELECT true FROM ended_token WHERE token_hash = $1", token_hash(token))
        raise DeviceEnded if ended else SignedOut
    seen_at: datetime = row["seen_at"]
    if row["signed_out_at"] is not None or now - seen_at >= KEPT:
        raise SignedOut
    if row["held_until"] is not None and now < row["held_until"]:
        raise being_changed()
    if now - seen_at >= _SEEN_EVERY:
        await connection.execute("UPDATE session SET seen_at = $2 WHERE id = $1 AND seen_at < $2", row["id"], now)
    actor = Actor(account_id=row["account_id"], session_id=row["id"], journal_id=row["space_id"])
    return Found(actor, new_day=now.date() > seen_at.date())


async def actor_of(connection: asyncpg.Connection, token: str, now: datetime) -> Actor:
    """Who holds this token, in one query. Raises `SignedOut` or `DeviceEnded`."""
    return (await find(connection, token, now)).actor


async def devices_of(actor: Actor) -> list[Device]:
    """A member sees where they are signed in, and where their data may still be; this device first."""
    rows = (
        await Session.select(Session.id, Session.label, Session.created_at, Session.seen_at, Session.signed_out_at)
        .where(Session.account_id == actor.account_id)
        .order_by(Session.seen_at, Session.id, ascending=False)
    )
    listed = [
        Device(
            id=row["id"],
            label=row["label"],
            created_at=row["created_at"],
            seen_at=row["seen_at"],
            current=row["id"] == actor.session_id,
            signed_out=row["signed_out_at"] is not None,
        )
        for row in rows
    ]
    return sorted(listed, key=lambda device: not device.current)


async def end(connection: asyncpg.Connection, actor: Actor, session_id: UUID, now: datetime) -> None:
    """A device of the member's is ended: it may do nothing more, and erases its copy at its next contact.

    Raises `NotFound` "no-such-device".
    """
    if await connection.fetchval(_END, session_id, actor.account_id, now) is None:
        raise NotFound("no-such-device", "This device is not in your list any more.")


async def sign_out(connection: asyncpg.Connection, token: str) -> UUID | None:
    """The session with this token is no more; its id, or None if there was none. The phone erases its copy itself."""
    return await connection.fetchval("DELETE FROM session WHERE token_hash = $1 RETURNING id", token_hash(token))


async def sign_out_others(
    connection: asyncpg.Connection, account_id: UUID, now: datetime, *, but: UUID | None = None
) -> list[UUID]:
    """All the account's devices but one have to sign in again; they keep what they hold. Returns whose streams end."""
    rows = await connection.fetch(
        "UPDATE session SET signed_out_at = $2 WHERE account_id = $1 AND signed_out_at IS NULL"
        " AND id IS DISTINCT FROM $3 RETURNING id",
        account_id,
        now,
        but,
    )
    return [row["id"] for row in rows]


async def hold(connection: asyncpg.Connection, account_id: UUID, until: datetime | None) -> None:
    """Until then the account's devices are asked to try again; None: they need not wait any more."""
    await connection.execute("UPDATE session SET held_until = $2 WHERE account_id = $1", account_id, until)


def being_changed() -> Unavailable:
    """What is said while something about an account is settled that must not be written around."""
    return Unavailable("try-again", "This account is being changed just now. Please try again.", retry_after=1)


async def end_all(connection: asyncpg.Connection, account_id: UUID, now: datetime) -> list[UUID]:
    """All the account's devices are ended, those long signed out too. Returns whose streams end."""
    rows = await connection.fetch(
        "WITH gone AS (DELETE FROM session WHERE account_id = $1 RETURNING id, token_hash), ended AS ("
        " INSERT INTO ended_token (token_hash, ended_at) SELECT token_hash, $2 FROM gone)"
        " SELECT id FROM gone",
        account_id,
        now,
    )
    return [row["id"] for row in rows]


async def prune(connection: asyncpg.Connection, now: datetime) -> int:
    """Sessions, known devices and ended tokens of more than 400 days ago are gone; returns how many."""
    before = now - KEPT
    done = [await connection.execute(statement, before) for statement in _PRUNE]
    return sum(int(status.removeprefix("DELETE ")) for status in done)
