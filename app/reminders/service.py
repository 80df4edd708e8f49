"""What a member can do with their reminders, and when each falls due next."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

import asyncpg
from msgspec import UNSET, Struct, UnsetType

from app.due import service as dues
from app.due.service import Due
from app.errors import Refused
from app.reminders import rules
from app.reminders.tables import Reminding
from app.spaces.open_space import OpenSpace

DUE = "reminder"
"""The kind of what falls due."""

HOME = "UTC"
"""The zone of a phone that has not said where it is."""

_IDS = UUID("6f9619ff-8b86-5d11-b42d-00c04fc964ff")
REMINDING_ID = uuid5(_IDS, "reminding")
"""The id of a journal's one row: the same on every phone, so that two phones offline write the same row."""

SET = """
INSERT INTO reminder (space_id, id, version, deleted, written_at, label, times, weekdays, zone, skip_hours, is_on)
VALUES ($1, $2, $3, false, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (space_id, id) DO UPDATE SET
    version = EXCLUDED.version, deleted = false, written_at = EXCLUDED.written_at, label = EXCLUDED.label,
    times = EXCLUDED.times, weekdays = EXCLUDED.weekdays, zone = EXCLUDED.zone, skip_hours = EXCLUDED.skip_hours,
    is_on = EXCLUDED.is_on
"""

DELETE = """
UPDATE reminder SET version = $3, deleted = true, written_at = $4, label = '', times = '{}', weekdays = '{}',
    zone = NULL, skip_hours = NULL, is_on = false
WHERE space_id = $1 AND id = $2 AND NOT deleted
"""

START_REMINDING = """
INSERT INTO reminding (
    space_id, id, version, deleted, written_at, zone, quiet_from, quiet_to, paused_until, shows_label
)
VALUES ($1, $2, 0, false, $3, $4, NULL, NULL, NULL, false)
ON CONFLICT (space_id, id) DO NOTHING
"""

OTHERS = "SELECT count(*) FROM reminder WHERE space_id = $1 AND id <> $2 AND NOT deleted"

RESTING = """
SELECT m.account_id, g.zone, g.quiet_from, g.quiet_to, g.paused_until
FROM membership m JOIN reminding g ON g.space_id = m.space_id AND NOT g.deleted
WHERE m.account_id = ANY($1::uuid[]) AND m.role = 'owner' AND (g.quiet_from IS NOT NULL OR g.paused_until IS NOT NULL)
"""

PAUSED = """
SELECT m.account_id, g.zone, g.paused_until
FROM membership m JOIN reminding g ON g.space_id = m.space_id AND NOT g.deleted
WHERE m.account_id = ANY($1::uuid[]) AND m.role = 'owner' AND g.paused_until IS NOT NULL
"""

# Who has no reminders may have pushes, and those know where the phone is.
CLOCKS = """
SELECT m.account_id, COALESCE(g.zone, (
    SELECT s.zone FROM push_subscription s WHERE s.account_id = m.account_id AND s.zone IS NOT NULL
    ORDER BY s.created_at DESC LIMIT 1
), $2) AS zone
FROM membership m LEFT JOIN reminding g ON g.space_id = m.space_id AND NOT g.deleted
WHERE m.account_id = ANY($1::uuid[]) AND m.role = 'owner'
"""

WHOSE = """
SELECT r.id, r.times, r.weekdays, COALESCE(r.zone, g.zone, $2) AS zone
FROM reminder r LEFT JOIN reminding g ON g.space_id = r.space_id
WHERE r.space_id = $1 AND NOT r.deleted AND r.is_on
"""


class Times(Struct, rename="camel"):
    """A reminder: local times on weekdays, in a zone of its own or (None) where the phone is."""

    times: list[str]
    weekdays: list[int]
    label: str = ""
    zone: str | None = None
    skip_hours: int | None = None
    on: bool = True


class RemindingChanges(Struct, rename="camel"):
    """What of the rules for all reminders is changed; what is left out stays."""

    zone: str | UnsetType = UNSET
    quiet_from: str | UnsetType | None = UNSET
    quiet_to: str | UnsetType | None = UNSET
    paused_until: str | UnsetType | None = UNSET
    shows_label: bool | UnsetType = UNSET


async def set_reminder(
    connection: asyncpg.Connection, journal: OpenSpace, reminder_id: UUID, reminder: Times, now: datetime
) -> None:
    """A member wants to be reminded, then; saying it again replaces it, and brings a deleted one back.

    Raises:
        Refused: `invalid`, `label-too-long`, `unknown-zone`, `too-many-reminders`.
    """
    rules.check_reminder(reminder.label, reminder.times, reminder.weekdays, reminder.skip_hours)
    if reminder.zone is not None:
        _check_zone(reminder.zone)
    if await connection.fetchval(OTHERS, journal.id, reminder_id) >= rules.MOST_REMINDERS:
        raise Refused("too-many-reminders")
    await connection.execute(
        SET,
        journal.id,
        reminder_id,
        journal.next_version(),
        now,
        reminder.label,
        reminder.times,
        reminder.weekdays,
        reminder.zone,
        reminder.skip_hours,
        reminder.on,
    )
    await schedule(connection, journal.id, now)


async def delete_reminder(connection: asyncpg.Connection, journal: OpenSpace, reminder_id: UUID, now: datetime) -> None:
    """A member has deleted a reminder, and nothing of it is kept. Deleting it again changes nothing."""
    status = await connection.execute(DELETE, journal.id, reminder_id, journal.version + 1, now)
    if status == "UPDATE 0":
        return
    journal.next_version()
    await schedule(connection, journal.id, now)


async def set_reminding(
    connection: asyncpg.Connection, journal: OpenSpace, changes: RemindingChanges, now: datetime
) -> None:
    """A member has changed what holds for all reminders, or the phone has said where it is.

    Raises:
        Refused: `invalid`, `unknown-zone`.
    """
    given = _given(changes, now)
    await connection.execute(START_REMINDING, journal.id, REMINDING_ID, now, HOME)
    await Reminding.update({**given, "version": journal.next_version(), "written_at": now}, force=True).where(
        Reminding.space_id == journal.id
    )
    await schedule(connection, journal.id, now)


async def resting(connection: asyncpg.Connection, account_ids: Collection[UUID], now: datetime) -> dict[UUID, datetime]:
    """Which of these members are in their quiet hours or in a pause, and when that ends: nothing comes until then."""
    ends: dict[UUID, datetime] = {}
    for row in await connection.fetch(RESTING, list(account_ids)):
        paused_until = _pause(row["paused_until"], now) if row["paused_until"] else None
        zone = rules.zone_of(row["zone"])
        end = zone and rules.rests_until(now, quiet_hours(row["quiet_from"], row["quiet_to"]), paused_until, zone)
        if end is not None:
            ends[row["account_id"]] = end
    return ends


async def paused(connection: asyncpg.Connection, account_ids: Collection[UUID], now: datetime) -> dict[UUID, datetime]:
    """Which of these members have paused their reminders, and when that ends, in UTC."""
    ends: dict[UUID, datetime] = {}
    for row in await connection.fetch(PAUSED, list(account_ids)):
        zone = rules.zone_of(row["zone"]) or rules.zone_of(HOME)
        day = _pause(row["paused_until"], now)
        if zone is not None and rules.is_paused(day, now, zone):
            ends[row["account_id"]] = rules.moment_of(day, "00:00", zone) or now
    return ends


async def moments(
    connection: asyncpg.Connection, account_ids: Collection[UUID], day: date, slot: str
) -> dict[UUID, datetime]:
    """When the clock shows this time on that day where each of these members is, in UTC."""
    found: dict[UUID, datetime] = {}
    for row in await connection.fetch(CLOCKS, list(account_ids), HOME):
        zone = rules.zone_of(row["zone"]) or rules.zone_of(HOME)
        moment = zone and rules.moment_of(day, slot, zone)
        if moment is not None:
            found[row["account_id"]] = moment
    return found


def quiet_hours(begin: str | None, end: str | None) -> rules.QuietHours | None:
    """Quiet hours as they are kept: "22:00" to "08:00", or none."""
    if begin is None or end is None:
        return None
    return rules.QuietHours(rules.time_of(begin), rules.time_of(end))


def _pause(paused_until: str, now: datetime) -> date:
    """The day on which a pause ends. One that was begun when it could be longer is looked at again by then."""
    return min(date.fromisoformat(paused_until), rules.furthest_pause(now))


async def schedule(connection: asyncpg.Connection, space_id: UUID, now: datetime) -> None:
    """Every reminder of a journal falls due when it should, by the rules as they are now.

    One that has fallen due and not been seen to yet stays due: no change made in that second can swallow it.
    """
    before = await dues.due_at_of(connection, DUE, space_id)
    after: list[Due] = []
    for row in await connection.fetch(WHOSE, space_id, HOME):
        zone = rules.zone_of(row["zone"]) or rules.zone_of(HOME)
        waiting = before.get(row["id"])
        since = waiting - timedelta(microseconds=1) if waiting is not None and waiting <= now else now
        due_at = rules.next_due(row["times"], row["weekdays"], zone, since) if zone else None
        if due_at is not None:
            after.append(Due(space_id, row["id"], due_at))
    kept = {due.subject for due in after}
    await dues.set_due(connection, DUE, [due for due in after if before.get(due.subject) != due.due_at])
    await dues.forget(connection, DUE, [(space_id, subject) for subject in before if subject not in kept])


def _given(changes: RemindingChanges, now: datetime) -> dict[str, Any]:
    """The fields that were given. Raises Refused for the first that cannot be."""
    given = {name: getattr(changes, name) for name in changes.__struct_fields__ if getattr(changes, name) is not UNSET}
    for name in ("quiet_from", "quiet_to"):
        if given.get(name) is not None and not rules.is_slot(given[name]):
            raise Refused("invalid")
    if given.get("paused_until") is not None:
        _check_pause(given["paused_until"], now)
    if "zone" in given:
        _check_zone(given["zone"])
    return given


def _check_zone(name: str) -> None:
    if rules.zone_of(name) is None:
        raise Refused("unknown-zone")


def _check_pause(text: str, now: datetime) -> None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Refused("invalid") from None
    if day.isoformat() != text or day > rules.furthest_pause(now):
        raise Refused("invalid")
