"""Invitations: for one person whom the member knows. Made, opened, said aloud, withdrawn."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

import asyncpg
from msgspec import Struct

from app.buddies import rules
from app.buddies.rules import State
from app.errors import Conflict, Invalid, LeewardError, NotFound

_MAKE = """
INSERT INTO invitation (id, account_id, name, secret_hash, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)
"""

_OPEN_ONES = """
SELECT id, name, created_at, expires_at,
       CASE WHEN code_expires_at > $2 THEN code_expires_at END AS code_expires_at
FROM invitation WHERE account_id = $1 AND ended_at IS NULL AND expires_at > $2 ORDER BY created_at DESC, id
"""

_WITHDRAW = """
UPDATE invitation SET ended_at = $3, ended_by = 'withdrawn', code_hash = NULL, code_expires_at = NULL
WHERE id = $1 AND account_id = $2 AND ended_at IS NULL
"""

_GIVE_CODE = """
UPDATE invitation SET code_hash = bucket_of($3), code_expires_at = $4
WHERE id = $1 AND account_id = $2 AND ended_at IS NULL AND expires_at > $5 RETURNING true
"""

_BY_LINK = """
SELECT id, account_id, name, expires_at, ended_by, code_expires_at FROM invitation WHERE secret_hash = $1
"""

_BY_CODE = """
SELECT id, account_id, name, expires_at, ended_by, code_expires_at FROM invitation WHERE code_hash = bucket_of($1)
"""

_AGAIN = """
SELECT id, account_id, name, expires_at, ended_by FROM invitation WHERE id = $1 FOR UPDATE
"""

_USE = """
UPDATE invitation SET ended_at = $2, ended_by = 'used', code_hash = NULL, code_expires_at = NULL WHERE id = $1
"""

_CODES: Final = 10**rules.CODE_DIGITS


class Invitation(Struct, frozen=True):
    """An open invitation, as whoever made it sees it. `code_expires_at`: None when there is no code that opens it."""

    id: UUID
    name: str
    created_at: datetime
    expires_at: datetime
    code_expires_at: datetime | None


class NewInvitation(Struct, frozen=True):
    """An invitation just made; its secret is shown this once."""

    id: UUID
    secret: str
    expires_at: datetime


class Code(Struct, frozen=True):
    """A short code to say aloud, shown this once."""

    code: str
    expires_at: datetime


class Found(Struct, frozen=True):
    """An invitation that somebody has opened: who invites, how they want to be called, and what became of it."""

    id: UUID
    account_id: UUID
    name: str
    state: State


async def make(connection: asyncpg.Connection, account_id: UUID, name: str, now: datetime) -> NewInvitation:
    """A member invites somebody, in a transaction that holds the account.

    Raises:
        Invalid: `name-invalid`.
        Conflict: `too-many-invitations` are open.
    """
    clean = clean_name(name)
    if len(await open_ones(connection, account_id, now)) >= rules.MOST_INVITATIONS:
        raise Conflict("too-many-invitations", "Withdraw one of your open invitations first.")
    secret = secrets.token_urlsafe(rules.SECRET_BYTES)
    made = NewInvitation(uuid4(), secret, now + rules.INVITATION_LASTS)
    await connection.execute(_MAKE, made.id, account_id, clean, rules.secret_hash(secret), now, made.expires_at)
    return made


async def open_ones(connection: asyncpg.Connection, account_id: UUID, now: datetime) -> Sequence[Invitation]:
    """A member's open invitations, the newest first."""
    return [Invitation(**row) for row in await connection.fetch(_OPEN_ONES, account_id, now)]


async def withdraw(connection: asyncpg.Connection, account_id: UUID, invitation_id: UUID, now: datetime) -> None:
    """Nobody can use it any more. Withdrawing it again changes nothing."""
    await connection.execute(_WITHDRAW, invitation_id, account_id, now)


async def give_code(connection: asyncpg.Connection, account_id: UUID, invitation_id: UUID, now: datetime) -> Code:
    """A code that opens the invitation for a quarter of an hour. The one before opens nothing any more.

    Raises:
        NotFound: `no-such-invitation` of this member's is open.
    """
    while True:
        code = Code(rules.write_code(secrets.randbelow(_CODES)), now + rules.CODE_LASTS)
        key = rules.code_hash(code.code)
        try:
            given = await connection.fetchval(_GIVE_CODE, invitation_id, account_id, key, code.expires_at, now)
        except asyncpg.UniqueViolationError:  # one in a thousand million: somebody else has just this code
            continue
        if given is None:
            raise NotFound("no-such-invitation", "This invitation is not open any more.")
        return code


async def by_secret(connection: asyncpg.Connection, secret: str, now: datetime) -> Found:
    """The invitation that a link leads to, whatever became of it.

    Raises:
        Conflict: `invitation-withdrawn`; one that never was looks the same.
    """
    row = await connection.fetchrow(_BY_LINK, rules.secret_hash(secret))
    if row is None:
        raise gone("withdrawn")
    return _found(row, now)


async def by_code(connection: asyncpg.Connection, code: str, now: datetime) -> Found:
    """The open invitation that a code leads to.

    Raises:
        Conflict: `code-opens-nothing`, whatever the reason: who guesses learns nothing.
    """
    key = rules.code_hash(code)
    row = await connection.fetchrow(_BY_CODE, key or b"")
    if row is None or now >= row["code_expires_at"] or (found := _found(row, now)).state != "open":
        raise opens_nothing()
    return found


async def again(connection: asyncpg.Connection, found: Found, now: datetime) -> Found:
    """The same as it is now, held until the transaction ends. Raises Conflict `invitation-withdrawn`."""
    row = await connection.fetchrow(_AGAIN, found.id)
    if row is None:
        raise gone("withdrawn")
    return _found(row, now)


async def use(connection: asyncpg.Connection, found: Found, now: datetime) -> None:
    """It has brought two together, and opens nothing any more."""
    await connection.execute(_USE, found.id, now)


def opens_nothing() -> LeewardError:
    """What somebody is told whose code leads nowhere, whatever the reason."""
    return Conflict("code-opens-nothing", "This code opens nothing. Ask for a new one.", field="code")


def gone(state: State) -> LeewardError:
    """What somebody is told who opens an invitation that is not open any more."""
    match state:
        case "used":
            return Conflict("invitation-used", "This invitation has been used. Ask for a new one.")
        case "expired":
            return Conflict("invitation-expired", "This invitation has expired. Ask for a new one.")
        case _:
            return Conflict("invitation-withdrawn", "This invitation is not open any more.")


def clean_name(name: str) -> str:
    """A name to be called by. Raises Invalid `name-invalid`."""
    clean = rules.clean_name(name)
    if clean is None:
        raise Invalid("name-invalid", "A name has 1 to 40 characters.", field="name")
    return clean


async def prune(connection: asyncpg.Connection, now: datetime) -> None:
    """Invitations that ended or expired 30 days ago are gone."""
    await connection.execute(
        "DELETE FROM invitation WHERE LEAST(expires_at, ended_at) < $1", now - rules.ENDED_ARE_REMEMBERED
    )


def _found(row: asyncpg.Record, now: datetime) -> Found:
    state = rules.state_of(row["ended_by"], row["expires_at"], now)
    return Found(row["id"], row["account_id"], row["name"], state)
