"""How often something may be tried, kept in the database so that it holds for all processes together.

A bucket fills by one with each try and leaks at a steady rate; a try that does not fit is refused and adds nothing,
so hammering makes nobody wait longer. One row holds one number, the moment when the bucket will be empty
(the generic cell rate algorithm, ITU-T I.371).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256

import asyncpg
from msgspec import Struct

from app.errors import TooMany

_FILL = """
INSERT INTO rate_limit AS held (bucket, about, empty_at)
VALUES (bucket_of($1), bucket_of($2), $3::timestamptz + $4::interval)
ON CONFLICT (bucket) DO UPDATE SET empty_at = GREATEST(held.empty_at, $3) + $4
WHERE GREATEST(held.empty_at, $3) + $4 <= $3 + $5::interval
RETURNING empty_at
"""


class Limit(Struct, frozen=True):
    """`tries` at once, and then one more `every` so often. `of` tells it from other limits."""

    of: str
    tries: int
    every: timedelta


class Bucket(Struct, frozen=True):
    """A limit as it counts for one subject: an address, a name, a device.

    `about` marks a bucket that goes when the account of that name is deleted.
    """

    limit: Limit
    subject: bytes
    about: bytes | None = None

    @property
    def key(self) -> bytes:
        """What it is kept under, once the database has mixed its secret in (`bucket_of`).

        By itself it would show an address or a name to whoever tries them all.
        """
        return sha256(f"{self.limit.of}\0".encode() + self.subject).digest()


async def take(connection: asyncpg.Connection, bucket: Bucket, now: datetime) -> None:
    """One try is counted, before what is tried begins: many at once cannot slip through together.

    Use a connection outside any transaction, for it counts whatever comes of the try.
    Raises `TooMany` "too-many-tries" when there were too many already.
    """
    limit = bucket.limit
    window = limit.tries * limit.every
    if await connection.fetchval(_FILL, bucket.key, bucket.about, now, limit.every, window) is None:
        empty_at = await connection.fetchval("SELECT empty_at FROM rate_limit WHERE bucket = bucket_of($1)", bucket.key)
        wait = (empty_at or now) + limit.every - window - now
        seconds = max(1, math.ceil(wait.total_seconds()))
        raise TooMany("too-many-tries", "That was tried too often. Wait a little and try again.", retry_after=seconds)


async def give_back(connection: asyncpg.Connection, bucket: Bucket) -> None:
    """The try was a good one and does not count: many people behind one address do not use it up by signing in."""
    await connection.execute(
        "UPDATE rate_limit SET empty_at = empty_at - $2::interval WHERE bucket = bucket_of($1)",
        bucket.key,
        bucket.limit.every,
    )


async def forget(connection: asyncpg.Connection, bucket: Bucket) -> None:
    """The right answer was given: wrong ones before it do not count any more."""
    await connection.execute("DELETE FROM rate_limit WHERE bucket = bucket_of($1)", bucket.key)


async def forget_all_about(connection: asyncpg.Connection, about: Sequence[bytes]) -> None:
    """Nothing is left of the tries for these names."""
    await connection.execute(
        "DELETE FROM rate_limit WHERE about IN (SELECT bucket_of(mark) FROM unnest($1::bytea[]) AS mark)", about
    )


async def prune(connection: asyncpg.Connection, now: datetime) -> int:
    """Buckets that are empty again are gone; returns how many."""
    deleted = await connection.execute("DELETE FROM rate_limit WHERE empty_at <= $1", now)
    return int(deleted.removeprefix("DELETE "))
