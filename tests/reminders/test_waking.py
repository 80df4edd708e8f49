"""What falls due is woken once, brought to every device, and decided about as it is sent."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from app import clock
from app.db import Database
from app.due import service as dues
from app.due.service import Due
from app.push.kinds import Decision, Defer, Drop, Send, Waiting
from app.reminders import new_tzdata, pushes, waking
from app.reminders.service import DUE
from app.spaces.actor import Actor
from app.sync.service import Sync
from app.worker.waker import keep_waking, wake_once
from tests.sync.phone import NOW, Phone, check_in

WAKES = {DUE: waking.wake}
EIGHT = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
"""A Monday."""


def reminder(**changed: object) -> dict[str, Any]:
    return {"id": str(uuid4()), "label": "Call Jo", "times": ["08:00"], "weekdays": [1, 2, 3, 4, 5, 6, 7]} | changed


async def subscribed(look: asyncpg.Connection, actor: Actor) -> UUID:
    """One more device of a member that gets pushes."""
    session, subscription = uuid4(), uuid4()
    await look.execute(
        "INSERT INTO session (id, account_id, token_hash, known_hash, label, created_at, seen_at)"
        " VALUES ($1, $2, $3, $3, 'Phone', $4, $4)",
        session,
        actor.account_id,
        session.bytes,
        NOW,
    )
    await look.execute(
        "INSERT INTO push_subscription"
        " (id, account_id, session_id, endpoint, p256dh, auth, vapid_key, zone, created_at)"
        " VALUES ($1, $2, $3, $4, '', '', '', 'UTC', $5)",
        subscription,
        actor.account_id,
        session,
        f"https://push.example/{session}",
        NOW,
    )
    return subscription


async def deliveries(look: asyncpg.Connection) -> list[dict[str, Any]]:
    rows = await look.fetch("SELECT * FROM push_delivery ORDER BY due_at, subscription_id")
    return [dict(row) for row in rows]


async def test_one_occurrence_is_one_delivery_for_each_device_and_due_again_tomorrow(
    phone: Phone, ada: Actor, database: Database, look: asyncpg.Connection
) -> None:
    devices = {await subscribed(look, ada), await subscribed(look, ada)}
    said = reminder()
    phone.queue("reminders.set", said)
    await phone.talk()
    assert await wake_once(database, WAKES, EIGHT - timedelta(seconds=1)) == 0
    assert await wake_once(database, WAKES, EIGHT) == 1
    found = await deliveries(look)
    assert {one["subscription_id"] for one in found} == devices
    assert len({one["key"] for one in found}) == 1
    for one in found:
        assert (one["kind"], str(one["subject"]), one["local_date"], one["slot"]) == (
            DUE,
            said["id"],
            EIGHT.date(),
            "08:00",
        )
        assert (one["due_at"], one["expires_at"]) == (EIGHT, EIGHT + timedelta(hours=2))
    assert await look.fetchval("SELECT due_at FROM due") == EIGHT + timedelta(days=1)
    assert await wake_once(database, WAKES, EIGHT) == 0


async def test_the_same_occurrence_woken_twice_is_delivered_once(
    phone: Phone, ada: Actor, database: Database, look: asyncpg.Connection
) -> None:
    await subscribed(look, ada)
    phone.queue("reminders.set", reminder())
    await phone.talk()
    for _ in range(2):
        await look.execute("UPDATE due SET due_at = $1", EIGHT)
        await wake_once(database, WAKES, EIGHT)
    assert len(await deliveries(look)) == 1


async def test_after_an_outage_only_the_last_one_comes(
    phone: Phone, ada: Actor, database: Database, look: asyncpg.Connection
) -> None:
    await subscribed(look, ada)
    phone.queue("reminders.set", reminder(times=["08:00", "11:00"]))
    await phone.talk()
    await wake_once(database, WAKES, EIGHT + timedelta(days=3, hours=3, minutes=30))
    assert [one["due_at"] for one in await deliveries(look)] == [EIGHT + timedelta(days=3, hours=3)]


async def test_several_workers_at_once_wake_each_one_once(
    phone: Phone, ada: Actor, database: Database, look: asyncpg.Connection
) -> None:
    await subscribed(look, ada)
    for _ in range(40):
        phone.queue("reminders.set", reminder())
    await phone.talk()
    woken = await asyncio.gather(*(wake_once(database, WAKES, EIGHT, most=7) for _ in range(8)))
    assert sum(woken) == 40
    assert len({one["key"] for one in await deliveries(look)}) == 40


async def test_what_nobody_knows_how_to_wake_stays_and_is_in_nobodys_way(
    phone: Phone, ada: Actor, database: Database, look: asyncpg.Connection
) -> None:
    await subscribed(look, ada)
    phone.queue("reminders.set", reminder())
    await phone.talk()
    await dues.set_due(look, "of-a-newer-server", [Due(ada.journal_id, uuid4(), NOW)])
    assert await wake_once(database, WAKES, EIGHT) == 1
    assert await look.fetchval("SELECT count(*) FROM due") == 2


async def decided(look: asyncpg.Connection, ada: Actor, said: dict[str, Any], now: datetime) -> Decision:
    waiting = Waiting(
        id=uuid4(),
        key=bytes(24),
        account_id=ada.account_id,
        session_id=ada.session_id,
        kind=DUE,
        space_id=ada.journal_id,
        subject=UUID(said["id"]),
        local_date=EIGHT.date(),
        slot="08:00",
        due_at=EIGHT,
        expires_at=EIGHT + timedelta(hours=2),
        language="de",
    )
    (decision,) = await pushes.decide(look, [waiting], now)
    return decision


async def test_it_is_shown_with_words_that_tell_a_lock_screen_nothing(
    phone: Phone, ada: Actor, look: asyncpg.Connection
) -> None:
    said = reminder(zone="Europe/Berlin")
    phone.queue("reminders.set", said)
    await phone.talk()
    sent = await decided(look, ada, said, EIGHT + timedelta(seconds=30))
    assert isinstance(sent, Send)
    assert (sent.ttl, sent.urgency, sent.topic) == (7170, "normal", "A" * 32)
    assert (sent.payload.title, sent.payload.body, sent.payload.lang) == ("Leeward", "Ein Moment für dich?", "de")
    assert sent.payload.path == f"/?reminder={'A' * 32}&date=2026-11-23"
    assert sent.payload.leeward | {"reminder": ""} == {
        "kind": "reminder",
        "key": "A" * 32,
        "reminder": "",
        "date": "2026-11-23",
        "slot": "08:00",
        "dueAt": "2026-11-23T08:00:00+00:00",
        "skipHours": None,
        "zone": "Europe/Berlin",
        "follows": False,
    }
    phone.queue("reminding.set", {"showsLabel": True})
    await phone.talk()
    sent = await decided(look, ada, said, EIGHT)
    assert isinstance(sent, Send)
    assert sent.payload.body == "Call Jo"


NOT_SHOWN: list[tuple[list[tuple[str, dict[str, Any]]], int, Decision]] = [
    ([("reminders.set", {"on": False})], 0, Drop("off")),
    ([("reminders.delete", {})], 0, Drop("off")),
    ([("reminding.set", {"pausedUntil": "2026-11-24"})], 0, Drop("paused")),
    ([], 120, Drop("too-late")),
    (
        [("reminding.set", {"zone": "UTC", "quietFrom": "22:00", "quietTo": "09:00"})],
        0,
        Defer(EIGHT + timedelta(hours=1), EIGHT + timedelta(hours=3)),
    ),
]


@pytest.mark.parametrize(("changes", "late", "decision"), NOT_SHOWN)
async def test_it_is_not_shown(
    phone: Phone,
    ada: Actor,
    look: asyncpg.Connection,
    changes: list[tuple[str, dict[str, Any]]],
    late: int,
    decision: Decision,
) -> None:
    said = reminder()
    phone.queue("reminders.set", said)
    for name, args in changes:
        phone.queue(name, said | args if name == "reminders.set" else {"id": said["id"]} | args)
    await phone.talk()
    assert await decided(look, ada, said, EIGHT + timedelta(minutes=late)) == decision


@pytest.mark.parametrize(("hours", "done"), [(1.5, True), (2.5, False)])
async def test_it_is_not_shown_where_it_is_done(
    phone: Phone, ada: Actor, look: asyncpg.Connection, hours: float, *, done: bool
) -> None:
    said = reminder(skipHours=2)
    happened = (EIGHT - timedelta(hours=hours)).isoformat(timespec="milliseconds")
    phone.queue("reminders.set", said)
    phone.queue("check_ins.record", check_in(happenedAt=happened, zone="UTC"))
    await phone.talk(sent_at=EIGHT)
    decision = await decided(look, ada, said, EIGHT)
    assert (decision == Drop("done")) is done
    await look.execute("UPDATE check_in SET deleted = true")
    assert isinstance(await decided(look, ada, said, EIGHT), Send)


async def test_another_members_check_in_does_nothing(
    phone: Phone, ada: Actor, cleo: Actor, sync: Sync, look: asyncpg.Connection
) -> None:
    said = reminder(skipHours=24)
    phone.queue("reminders.set", said)
    await phone.talk()
    hers = Phone(sync, cleo)
    hers.queue("check_ins.record", check_in(happenedAt="2026-11-23T07:59:00.000+00:00", zone="UTC"))
    await hers.talk(sent_at=EIGHT)
    assert isinstance(await decided(look, ada, said, EIGHT), Send)


async def test_a_new_edition_of_the_zones_moves_what_is_not_due_yet(
    phone: Phone, database: Database, look: asyncpg.Connection
) -> None:
    for slot in ("08:00", "09:00", "10:00"):
        phone.queue("reminders.set", reminder(times=[slot], zone="Europe/Berlin"))
    await phone.talk()
    right = await look.fetch("SELECT due_at FROM due ORDER BY due_at")
    await look.execute("UPDATE due SET due_at = due_at + interval '1 hour'")
    assert await new_tzdata.follow(database, "2026z", NOW) == 3
    assert await look.fetch("SELECT due_at FROM due ORDER BY due_at") == right
    await look.execute("UPDATE due SET due_at = due_at + interval '1 hour'")
    assert await new_tzdata.follow(database, "2026z", NOW) == 0
    # What has fallen due is the waker's.
    await look.execute("UPDATE due SET due_at = $1", NOW)
    assert await new_tzdata.follow(database, "2027a", NOW) == 0


def test_the_edition_is_known() -> None:
    assert re.fullmatch(r"\d{4}[a-z.\d]+.*", new_tzdata.version())


async def test_one_that_cannot_be_woken_waits_and_the_others_do_not(
    phone: Phone, ada: Actor, database: Database, look: asyncpg.Connection, caplog: pytest.LogCaptureFixture
) -> None:
    await subscribed(look, ada)
    for _ in range(5):
        phone.queue("reminders.set", reminder())
    await phone.talk()
    now = clock.now()
    await look.execute("UPDATE due SET due_at = $1", now - timedelta(seconds=1))
    broken: UUID = await look.fetchval("SELECT subject FROM due ORDER BY subject LIMIT 1")

    async def wake(connection: asyncpg.Connection, claimed: Sequence[Due], then: datetime) -> None:
        if any(due.subject == broken for due in claimed):
            raise ZeroDivisionError
        await dues.put_off(
            connection, DUE, [Due(one.space_id, one.subject, then + timedelta(days=1)) for one in claimed]
        )

    waking_all = asyncio.create_task(keep_waking(database, {DUE: wake}))
    try:
        async with asyncio.timeout(30):
            while await look.fetchval("SELECT count(*) FROM due WHERE due_at < $1", now) > 0:  # noqa: ASYNC110 - a table
                await asyncio.sleep(0.02)
    finally:
        waking_all.cancel()
    waits = await look.fetchval("SELECT due_at FROM due WHERE subject = $1", broken)
    assert timedelta(0) < waits - now < timedelta(hours=2)
    assert await look.fetchval("SELECT count(*) FROM due WHERE due_at > $1", now + timedelta(hours=20)) == 4
    assert "cannot be woken" in caplog.text
