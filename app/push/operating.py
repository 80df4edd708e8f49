"""Pushes as whoever runs the server sees them: `leeward push keys|test|status`."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID

import asyncpg

from app import clock
from app.accounts import service as accounts
from app.cannot_start import CannotStart
from app.db import Database
from app.push import service, trial
from app.push.kinds import NewDelivery
from app.push.rules import is_refusal
from app.push.vapid import FILE, load
from app.settings import Settings

Say = Callable[[str], None]

_PATIENCE: Final = 20.0  # seconds
_LOOK_EVERY: Final = 0.1  # seconds

_WHAT_BECAME = """
SELECT d.state, d.reason, d.due_at, d.finished_at, s.endpoint
FROM push_delivery d JOIN push_subscription s ON s.id = d.subscription_id WHERE d.key = $1 ORDER BY s.created_at
"""


def say_keys(settings: Settings, say: Say) -> None:
    """Say who this server is to push services; the private key stays where it is. Raises CannotStart."""
    key = load(settings)
    where = "LEEWARD_VAPID_PRIVATE_KEY" if settings.vapid_private_key else str(settings.data / FILE)
    say(f"Public key:   {key.public}")
    say(f"Private key:  in {where}")
    say(f"Contact:      {settings.push_contact}")
    say(f"Push services: {', '.join(settings.push_hosts)}")


async def say_status(database: Database, now: datetime, say: Say) -> bool:
    """Say how pushes are doing. Whether all is well."""
    figures = await service.figures(database, now)
    say(f"Devices: {sum(figures.devices.values())}{_listed(figures.devices)}")
    say("In the last 24 hours:")
    say(f"  accepted by push services: {figures.sent}")
    say(f"  not sent: {sum(figures.dropped.values())}{_listed(figures.dropped)}")
    say(f"  failed: {sum(figures.failed.values())}{_listed(figures.failed)}")
    say(f"Waiting: {figures.waiting}")
    troubles = troubles_of(figures)
    for trouble in troubles:
        say(trouble)
    return not troubles


def troubles_of(figures: service.Figures) -> list[str]:
    """What the operator has to do something about, a sentence each."""
    found: list[str] = []
    if figures.refused:
        found.append(
            f"Push services refused {sum(figures.refused.values())} pushes in the last 24 hours"
            f"{_listed(figures.refused)}: 400, 401 and 403 mean that they do not accept this server's key"
            " (`leeward push keys`; is the clock right?), 413 that a push was too large. The log says which service."
        )
    if figures.overdue > service.OVERDUE:
        found.append(
            f"Nobody delivers pushes: the oldest has waited for {figures.overdue.total_seconds() / 60:.0f} minutes."
            " `leeward serve` delivers unless LEEWARD_WORKER is off; then `leeward worker` has to run."
        )
    return found


async def send_test(database: Database, name: str, say: Say) -> bool:
    """Send a test to all devices of a member, while somebody delivers, and say what became of it. Whether all went out.

    Raises CannotStart when nobody has that name, or no device.
    """
    now = clock.now()
    async with database.transaction() as connection:
        account_id = await accounts.id_of(connection, name)
        if account_id is None:
            raise CannotStart(f"Nobody here signs in as {name!r}.")
        key = secrets.token_bytes(24)
        count = await service.enqueue(connection, [_test(account_id, key, now)], now)
    if not count:
        raise CannotStart("No device of theirs gets pushes: they turn them on in Me → Reminders.")
    rows = await _until_done(database, key)
    for row in rows:
        say(f"{urlsplit(row['endpoint']).netloc}: {_told(row)}")
    gone = count - len(rows)
    if gone:
        say(f"{gone} gone: their push service knows them no more, and they were removed.")
    return not gone and all(row["state"] == "sent" for row in rows)


def _test(account_id: UUID, key: bytes, now: datetime) -> NewDelivery:
    expires_at = now + timedelta(seconds=_PATIENCE)
    return NewDelivery(account_id=account_id, key=key, kind=trial.NAME, due_at=now, expires_at=expires_at, priority=1)


async def _until_done(database: Database, key: bytes) -> list[asyncpg.Record]:
    end = asyncio.get_running_loop().time() + _PATIENCE
    while True:
        async with database.connection() as connection:
            rows = await connection.fetch(_WHAT_BECAME, key)
        if all(row["state"] != "waiting" for row in rows) or asyncio.get_running_loop().time() > end:
            return rows
        await asyncio.sleep(_LOOK_EVERY)


def _told(row: asyncpg.Record) -> str:
    reason = row["reason"] or "no answer yet"
    match row["state"]:
        case "sent":
            return f"accepted after {(row['finished_at'] - row['due_at']).total_seconds():.1f} s."
        case "waiting":
            return f"not accepted ({reason})."
        case state:
            return f"{state} ({reason})." + (" `leeward push status` says more." if is_refusal(reason) else "")


def _listed(counts: dict[str, int]) -> str:
    return f" ({', '.join(f'{name}: {count}' for name, count in counts.items())})" if counts else ""
