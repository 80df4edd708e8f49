"""Looking up who wants to come in: each look is a try that is counted, and the same work for a name nobody has."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import asyncpg
from msgspec import Struct

from app.accounts import limits, rules
from app.accounts.devices import Visit
from app.accounts.limits import Bucket, Limit

# A campus, or a workshop where everybody signs up at once, is one address.
SIGN_UPS_OF_ADDRESS = Limit("sign-up address", 200, timedelta(seconds=36))
TRIES_OF_ADDRESS = Limit("sign-in address", 300, timedelta(seconds=3))
# Strangers can use up the tries for a name, but not those that each of its member's own devices has for itself.
TRIES_OF_NAME = Limit("sign-in name", 10, timedelta(minutes=6))
TRIES_OF_KNOWN_DEVICE = Limit("sign-in known device", 10, timedelta(minutes=3))
PASSWORD_AGAIN = Limit("password again", 10, timedelta(minutes=3))

_BY_NAME = """
SELECT id, name, password_hash,
       EXISTS (SELECT FROM known_device k WHERE k.account_id = account.id AND k.hash = $2) AS known
FROM account WHERE name_key = $1
"""

_BY_CODE = """
SELECT id, name, password_hash FROM account
JOIN recovery_code ON recovery_code.account_id = account.id AND code_hash = $2 AND used_at IS NULL
WHERE name_key = $1
"""


class Member(Struct, frozen=True):
    """Whose name it is. The hash is the one that the password is checked against."""

    id: UUID
    name: str
    key: str
    password_hash: str


class Try(Struct, frozen=True):
    """One try to come in: at whose door (None: nobody has that name), and where it was counted."""

    member: Member | None
    buckets: list[Bucket]

    async def succeeded(self, connection: asyncpg.Connection) -> None:
        """This try, and wrong ones before it for the name or device, do not count any more."""
        address, *own = self.buckets
        await limits.give_back(connection, address)
        for bucket in own:
            await limits.forget(connection, bucket)


async def sign_up(connection: asyncpg.Connection, visit: Visit, now: datetime) -> None:
    """Count a sign-up from this address. Raises `TooMany`."""
    await limits.take(connection, Bucket(SIGN_UPS_OF_ADDRESS, visit.address.encode()), now)


async def by_name(connection: asyncpg.Connection, visit: Visit, name: str, now: datetime) -> Try:
    """Look for a member by name, as often as the address, and the name or a device known to it, allow.

    Raises `TooMany`.
    """
    key = rules.name_key(name)
    known_hash = visit.known_hash(key or "")
    row = await connection.fetchrow(_BY_NAME, key or "", known_hash)
    mark = rules.name_mark(key or f"\0{name}")
    own = Bucket(TRIES_OF_KNOWN_DEVICE, known_hash, mark) if row and row["known"] else Bucket(TRIES_OF_NAME, mark, mark)
    buckets = [Bucket(TRIES_OF_ADDRESS, visit.address.encode()), own]
    for bucket in buckets:
        await limits.take(connection, bucket, now)
    return Try(_member(row, key), buckets)


async def by_code(connection: asyncpg.Connection, visit: Visit, name: str, code_hash: bytes, now: datetime) -> Try:
    """Look for a member by name and recovery code, as often as the address allows. Raises `TooMany`.

    There is nothing to guess in 140 bits, so a name has no limit of its own: it is the way in that no stranger can
    close.
    """
    address = Bucket(TRIES_OF_ADDRESS, visit.address.encode())
    await limits.take(connection, address, now)
    key = rules.name_key(name)
    return Try(_member(await connection.fetchrow(_BY_CODE, key or "", code_hash), key), [address])


def again(session_id: UUID, name_key: str) -> Bucket:
    """Where asking for the password again, on a device that is signed in, is counted."""
    return Bucket(PASSWORD_AGAIN, session_id.bytes, rules.name_mark(name_key))


def _member(row: asyncpg.Record | None, key: str | None) -> Member | None:
    return None if row is None else Member(row["id"], row["name"], key or "", row["password_hash"])
