"""What a member can do with their check-ins."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
from msgspec import UNSET, Struct, UnsetType

from app import moments
from app.check_ins import rules
from app.check_ins.tables import CheckIn
from app.errors import Refused
from app.spaces.open_space import OpenSpace

RECORD = """
INSERT INTO check_in (space_id, id, version, deleted, written_at,
                      mood, energy, feelings, contexts, note, clock_time, happened_at, local_date, zone)
VALUES ($1, $2, $3, false, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
ON CONFLICT (space_id, id) DO UPDATE SET
    version = EXCLUDED.version, deleted = false, written_at = EXCLUDED.written_at, mood = EXCLUDED.mood,
    energy = EXCLUDED.energy, feelings = EXCLUDED.feelings, contexts = EXCLUDED.contexts, note = EXCLUDED.note,
    clock_time = EXCLUDED.clock_time, happened_at = EXCLUDED.happened_at, local_date = EXCLUDED.local_date,
    zone = EXCLUDED.zone
"""

DELETE = """
UPDATE check_in SET version = $3, deleted = true, written_at = $4, mood = NULL, energy = NULL, feelings = '{}',
    contexts = '{}', note = NULL, clock_time = NULL, happened_at = NULL, local_date = NULL, zone = NULL
WHERE space_id = $1 AND id = $2 AND NOT deleted
"""

MOMENT = """
SELECT mood, feelings, note, clock_time, zone FROM check_in WHERE space_id = $1 AND id = $2 AND NOT deleted
"""

LATEST = """
SELECT j.space_id, c.happened_at FROM unnest($1::uuid[]) AS j (space_id), LATERAL (
    SELECT happened_at FROM check_in
    WHERE space_id = j.space_id AND NOT deleted AND happened_at >= $2 ORDER BY happened_at DESC LIMIT 1
) AS c
"""


class Moment(Struct, rename="camel"):
    """A check-in's content. `happened_at` carries the offset of the clock where it happened."""

    mood: int
    happened_at: datetime
    zone: str
    energy: int | None = None
    feelings: list[str] = []
    contexts: list[str] = []
    note: str | None = None


class MomentChanges(Struct, rename="camel"):
    """What of a check-in is changed; what is left out stays."""

    mood: int | UnsetType = UNSET
    happened_at: datetime | UnsetType = UNSET
    zone: str | UnsetType = UNSET
    energy: int | UnsetType | None = UNSET
    feelings: list[str] | UnsetType = UNSET
    contexts: list[str] | UnsetType = UNSET
    note: str | UnsetType | None = UNSET


async def record(
    connection: asyncpg.Connection,
    journal: OpenSpace,
    check_in_id: UUID,
    moment: Moment,
    *,
    sent_at: datetime,
    now: datetime,
) -> None:
    """A member has checked in; saying the same again, or undoing a deletion, changes nothing else.

    Raises:
        Refused: a field is out of its range.
    """
    await connection.execute(RECORD, *_row(journal, check_in_id, moment, sent_at=sent_at, now=now))


async def record_all(
    connection: asyncpg.Connection,
    journal: OpenSpace,
    several: Iterable[tuple[UUID, Moment]],
    *,
    sent_at: datetime,
    now: datetime,
) -> None:
    """A member has checked in several times: as `record`, one after the other, in one round trip. Raises like it."""
    rows = [_row(journal, check_in_id, moment, sent_at=sent_at, now=now) for check_in_id, moment in several]
    await connection.executemany(RECORD, rows)


async def edit(
    journal: OpenSpace, check_in_id: UUID, changes: MomentChanges, *, sent_at: datetime, now: datetime
) -> None:
    """A member has changed a check-in; two phones that changed different fields both get their way.

    Raises:
        Refused: `gone` when it is not there any more; a field is out of its range.
    """
    given = _given(changes, MomentChanges)
    _check(given, sent_at)
    if "happened_at" in given:
        happened_at: datetime = given["happened_at"]
        given |= {
            "happened_at": moments.moment(happened_at),
            "clock_time": moments.clock_time(happened_at),
            "local_date": moments.local_date(happened_at),
        }
    written = (
        await CheckIn.update({**given, "version": journal.next_version(), "written_at": now}, force=True)
        .where((CheckIn.space_id == journal.id) & (CheckIn.id == check_in_id) & (CheckIn.deleted.eq(False)))
        .returning(CheckIn.id)
    )
    if not written:
        raise Refused("gone")


async def delete(connection: asyncpg.Connection, journal: OpenSpace, check_in_id: UUID, now: datetime) -> None:
    """A member has deleted a check-in, and nothing of its content is kept. Deleting it again changes nothing."""
    status = await connection.execute(DELETE, journal.id, check_in_id, journal.version + 1, now)
    if status != "UPDATE 0":
        journal.next_version()


async def moment_of(connection: asyncpg.Connection, journal_id: UUID, check_in_id: UUID) -> dict[str, Any] | None:
    """What of a check-in its member may show to others: mood, feelings, note, clock_time and zone; None: it is gone."""
    row = await connection.fetchrow(MOMENT, journal_id, check_in_id)
    return None if row is None else dict(row)


async def latest(connection: asyncpg.Connection, spaces: Collection[UUID], since: datetime) -> dict[UUID, datetime]:
    """When the last check-in of each journal was, where there is one since then. In UTC."""
    rows = await connection.fetch(LATEST, list(spaces), since)
    return {row["space_id"]: row["happened_at"] for row in rows}


def _row(
    journal: OpenSpace, check_in_id: UUID, moment: Moment, *, sent_at: datetime, now: datetime
) -> tuple[object, ...]:
    """The values of RECORD, with the journal's next version. Raises Refused for a field out of its range."""
    _check(_given(moment, Moment), sent_at)
    return (
        journal.id,
        check_in_id,
        journal.next_version(),
        now,
        moment.mood,
        moment.energy,
        moment.feelings,
        moment.contexts,
        moment.note,
        moments.clock_time(moment.happened_at),
        moments.moment(moment.happened_at),
        moments.local_date(moment.happened_at),
        moment.zone,
    )


def _given(struct: Struct, fields_of: type[Struct]) -> dict[str, Any]:
    """The fields that were given, without those that a mutation adds to them."""
    values = ((name, getattr(struct, name)) for name in fields_of.__struct_fields__)
    return {name: value for name, value in values if value is not UNSET}


def _check(given: Mapping[str, Any], sent_at: datetime) -> None:
    """Raises Refused for the first field that is out of its range."""
    if "mood" in given:
        moments.check_mood(given["mood"])
    rules.check_energy(given.get("energy"))
    rules.check_note(given.get("note"))
    moments.check_words(given.get("feelings", ()))
    moments.check_words(given.get("contexts", ()))
    if "zone" in given:
        moments.check_zone(given["zone"])
    if "happened_at" in given:
        moments.check_happened_at(given["happened_at"], sent_at)
