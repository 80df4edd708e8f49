"""The secret address of a member's reminders as a calendar: made, shown once, and taken back."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime

import asyncpg

from app.errors import NotFound
from app.preferences import service as preferences
from app.reminders import rules
from app.reminders.calendar import Entry, calendar_of
from app.reminders.pushes import BODY
from app.reminders.service import HOME

MAKE = """
INSERT INTO calendar_link (account_id, secret_hash, created_at) VALUES ($1, $2, $3)
ON CONFLICT (account_id) DO UPDATE SET secret_hash = EXCLUDED.secret_hash, created_at = EXCLUDED.created_at
"""

WHOSE = """
SELECT c.account_id, m.space_id, COALESCE(g.zone, $2) AS zone, g.paused_until,
       COALESCE(g.shows_label, false) AS shows_label
FROM calendar_link c
JOIN membership m ON m.account_id = c.account_id AND m.role = 'owner'
LEFT JOIN reminding g ON g.space_id = m.space_id
WHERE c.secret_hash = $1
"""

REMINDERS = """
SELECT id, label, times, weekdays, zone, written_at FROM reminder
WHERE space_id = $1 AND is_on AND NOT deleted ORDER BY id
"""


@dataclass(frozen=True, slots=True)
class Link:
    """That there is one, since when; the secret itself is kept by nobody here."""

    created_at: datetime


async def make(connection: asyncpg.Connection, account_id: object, now: datetime) -> str:
    """A new secret of 256 bits. The one before, if there was one, opens nothing any more."""
    secret = secrets.token_urlsafe(32)
    await connection.execute(MAKE, account_id, _hash(secret), now)
    return secret


async def take_back(connection: asyncpg.Connection, account_id: object) -> None:
    """The address opens nothing any more."""
    await connection.execute("DELETE FROM calendar_link WHERE account_id = $1", account_id)


async def find(connection: asyncpg.Connection, account_id: object) -> Link | None:
    """Whether there is an address."""
    created_at = await connection.fetchval("SELECT created_at FROM calendar_link WHERE account_id = $1", account_id)
    return None if created_at is None else Link(created_at)


async def calendar(connection: asyncpg.Connection, secret: str, now: datetime) -> bytes:
    """The reminders that are on, as a calendar; words of the member's only where they may stand on a lock screen.

    Raises:
        NotFound: nobody has this secret (any more).
    """
    whose = await connection.fetchrow(WHOSE, _hash(secret), HOME)
    if whose is None:
        raise NotFound("no-such-calendar", "This calendar is not there any more.")
    here = rules.zone_of(whose["zone"]) or rules.zone_of(HOME)
    today = now.astimezone(here).date()
    paused_until = date.fromisoformat(whose["paused_until"]) if whose["paused_until"] else today
    languages = await preferences.languages_of(connection, [whose["account_id"]])
    words = BODY[languages.get(whose["account_id"], preferences.LANGUAGE)]
    rows = await connection.fetch(REMINDERS, whose["space_id"])
    entries = [
        Entry(
            row["id"],
            row["label"] if whose["shows_label"] and row["label"] else words,
            row["times"],
            row["weekdays"],
            rules.zone_of(row["zone"]) if row["zone"] else None,
        )
        for row in rows
    ]
    return calendar_of(entries, max(today, paused_until), now)


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
