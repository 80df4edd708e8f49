"""Reminders follow a member to their phones, and fall due on the server."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from app.reminders import service
from app.reminders.service import REMINDING_ID, schedule
from tests.sync.phone import NOW, Phone

EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]


def reminder(**changed: object) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "label": "Breathe",
        "times": ["08:00", "21:30"],
        "weekdays": EVERY_DAY,
        "zone": None,
        "skipHours": None,
        "on": True,
    } | changed


async def due(database: asyncpg.Connection) -> dict[str, datetime]:
    return {str(row["subject"]): row["due_at"] for row in await database.fetch("SELECT subject, due_at FROM due")}


async def test_a_reminder_follows_to_the_other_phone_and_falls_due(
    phone: Phone, second_phone: Phone, look: asyncpg.Connection
) -> None:
    said = reminder(zone="Europe/Berlin")
    phone.queue("reminders.set", said)
    assert (await phone.talk()).refusals == []
    await second_phone.talk()
    (kept,) = second_phone.living("reminder").values()
    assert {**kept, "id": said["id"]} == said
    assert list(await due(look)) == [said["id"]]

    second_phone.queue("reminders.set", said | {"on": False})
    await second_phone.talk()
    assert await due(look) == {}
    second_phone.queue("reminders.set", said)
    second_phone.queue("reminders.delete", {"id": said["id"]})
    second_phone.queue("reminders.delete", {"id": said["id"]})
    await second_phone.talk()
    await phone.talk()
    assert phone.living("reminder") == {}
    assert await due(look) == {}
    row = await look.fetchrow("SELECT label, times, weekdays FROM reminder")
    assert row is not None
    assert tuple(row) == ("", [], [])

    # Undo says it again.
    phone.queue("reminders.set", said)
    await phone.talk()
    assert list(await due(look)) == [said["id"]]


async def test_where_the_phone_is_decides_when_it_has_no_zone_of_its_own(
    phone: Phone, look: asyncpg.Connection
) -> None:
    follows, pinned = reminder(times=["08:00"]), reminder(times=["08:00"], zone="Asia/Tokyo")
    phone.queue("reminders.set", follows)
    phone.queue("reminders.set", pinned)
    phone.queue("reminding.set", {"zone": "Europe/Berlin"})
    await phone.talk()
    at_home = await due(look)
    phone.queue("reminding.set", {"zone": "Asia/Tokyo"})
    await phone.talk()
    away = await due(look)
    assert at_home[pinned["id"]] == away[pinned["id"]] == away[follows["id"]]
    assert at_home[follows["id"]].hour in {6, 7}
    assert away[follows["id"]].hour == 23


async def test_the_rules_for_all_are_changed_one_by_one(phone: Phone, second_phone: Phone) -> None:
    phone.queue("reminding.set", {"zone": "Europe/Berlin", "quietFrom": "22:00", "quietTo": "07:00"})
    second_phone.queue("reminding.set", {"pausedUntil": "2026-12-01", "showsLabel": True})
    await phone.talk()
    await second_phone.talk()
    await phone.talk()
    assert phone.living("reminding") == {
        REMINDING_ID: {
            "zone": "Europe/Berlin",
            "quietFrom": "22:00",
            "quietTo": "07:00",
            "pausedUntil": "2026-12-01",
            "showsLabel": True,
        }
    }
    phone.queue("reminding.set", {"quietFrom": None, "quietTo": None, "pausedUntil": None})
    await phone.talk()
    (rules,) = phone.living("reminding").values()
    assert (rules["quietFrom"], rules["pausedUntil"], rules["showsLabel"]) == (None, None, True)


@pytest.mark.parametrize(
    ("name", "args", "reason"),
    [
        ("reminders.set", reminder(label="x" * 61), "label-too-long"),
        ("reminders.set", reminder(times=["8:00"]), "invalid"),
        ("reminders.set", reminder(times=[]), "invalid"),
        ("reminders.set", reminder(zone="Europe/Atlantis"), "unknown-zone"),
        ("reminders.set", reminder(zone="/etc/passwd"), "unknown-zone"),
        ("reminders.set", reminder(skipHours=25), "invalid"),
        ("reminding.set", {"zone": "Nowhere"}, "unknown-zone"),
        ("reminding.set", {"quietFrom": "25:00"}, "invalid"),
        ("reminding.set", {"quietFrom": "0٩:00"}, "invalid"),
        ("reminding.set", {"pausedUntil": "9999-12-31"}, "invalid"),
        ("reminding.set", {"pausedUntil": "2026-13-01"}, "invalid"),
        ("reminding.set", {"pausedUntil": "20261201"}, "invalid"),
    ],
)
async def test_what_is_refused(phone: Phone, name: str, args: dict[str, Any], reason: str) -> None:
    phone.queue(name, args)
    assert [refusal.reason for refusal in (await phone.talk()).refusals] == [reason]


async def test_fifty_are_as_many_as_there_can_be(phone: Phone, look: asyncpg.Connection) -> None:
    for _ in range(51):
        phone.queue("reminders.set", reminder())
    reply = await phone.talk()
    assert [refusal.reason for refusal in reply.refusals] == ["too-many-reminders"]
    assert len(await due(look)) == 50


async def test_a_change_in_the_very_second_does_not_swallow_what_is_due(phone: Phone, look: asyncpg.Connection) -> None:
    said = reminder(times=["08:00"], zone="UTC")
    phone.queue("reminders.set", said)
    await phone.talk()
    space = await look.fetchval("SELECT space_id FROM due")
    missed = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
    await look.execute("UPDATE due SET due_at = $1", missed)
    await schedule(look, space, datetime(2026, 11, 22, 8, 0, 1, tzinfo=UTC))
    assert await due(look) == {said["id"]: missed}
    await look.execute("UPDATE reminder SET times = '{09:00}'")
    await schedule(look, space, datetime(2026, 11, 22, 8, 0, 1, tzinfo=UTC))
    assert await due(look) == {said["id"]: datetime(2026, 11, 22, 9, 0, tzinfo=UTC)}


def test_the_one_row_has_the_id_that_phones_make() -> None:
    assert UUID(str(REMINDING_ID)).version == 5


async def test_settings_from_before_they_were_bounded_keep_nobody_from_being_told(
    phone: Phone, look: asyncpg.Connection
) -> None:
    phone.queue("reminding.set", {"zone": "UTC", "quietFrom": "00:00", "quietTo": "23:59"})
    await phone.talk()
    account_id = phone.actor.account_id
    assert list(await service.resting(look, {account_id}, NOW)) == [account_id]
    await look.execute("UPDATE reminding SET quiet_from = '0٩:00', paused_until = '9999-12-31'")
    for ends in (await service.resting(look, {account_id}, NOW), await service.paused(look, {account_id}, NOW)):
        assert NOW < ends[account_id] < NOW + timedelta(days=402)
