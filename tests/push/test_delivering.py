"""From the ledger to the device: what is due comes, once, whatever is stopped, lost or done twice."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

import asyncpg
import pytest

from app import clock
from app.preferences import rules as preferences
from app.push import jobs, service, trial
from app.push.kinds import Decision, Defer, Drop, NewDelivery, PushKind, Send, Waiting, topic_of
from app.push.payload import Notification
from app.push.rules import Keys
from tests.push.conftest import ORIGIN, Harbour, until
from tests.push.local_push_service import Told, told

pytestmark = pytest.mark.long


async def test_what_is_due_reaches_every_device_of_its_member_and_nobody_else(harbour: Harbour) -> None:
    ada = await harbour.member("ada")
    ben = await harbour.member("ben")
    phone = await harbour.subscribe(ada)
    laptop = await harbour.subscribe(await harbour.other_phone(ada))
    await harbour.subscribe(ben)
    key = await harbour.due(ada)
    async with harbour.delivering():
        await until(harbour.all_done)
    assert {received.path for received in harbour.pushes.received} == {
        device.endpoint.removeprefix(harbour.pushes.origin) for device in (phone, laptop)
    }
    assert harbour.pushes.wrong == []
    received = harbour.pushes.received[0]
    assert (received.topic, received.urgency, received.ttl > 7000) == (topic_of(key), "high", True)
    assert received.message == {
        "web_push": 8030,
        "notification": {
            "title": "Leeward",
            "body": "This is the test you asked for. Pushes reach this device.",
            "navigate": f"{ORIGIN}/me/reminders",
            "tag": topic_of(key),
            "lang": "en",
            "silent": False,
            "data": {"kind": "test", "key": topic_of(key)},
        },
        "mutable": True,
        "leeward": {"kind": "test", "key": topic_of(key)},
    }
    assert await harbour.ledger() == [("sent", None)] * 2
    accepted = await harbour.rows("SELECT account_id FROM push_subscription WHERE accepted_at IS NOT NULL")
    assert [row["account_id"] for row in accepted] == [ada.account_id] * 2


async def test_a_push_speaks_the_member_s_language(harbour: Harbour) -> None:
    ada = await harbour.member()
    await harbour.subscribe(ada)
    async with harbour.database.transaction() as connection:
        await connection.execute(
            "INSERT INTO preference VALUES ($1, $2, 1, false, $3, 'language', 'de')",
            ada.journal_id,
            preferences.row_id("language"),
            clock.now(),
        )
    await harbour.due(ada)
    async with harbour.delivering():
        await until(lambda: harbour.pushes.received)
    assert harbour.pushes.received[0].message["notification"]["lang"] == "de"


async def test_the_same_occurrence_said_twice_is_delivered_once(harbour: Harbour) -> None:
    ada = await harbour.member()
    await harbour.subscribe(ada)
    key = await harbour.due(ada)
    await harbour.due(ada, key=key)
    async with harbour.delivering():
        await until(harbour.all_done)
        await harbour.due(ada, key=key)
        await harbour.due(ada)
        await until(lambda: len(harbour.pushes.received) == 2)
    assert set(harbour.pushes.topics().values()) == {1}


async def test_what_is_too_late_signed_out_or_under_an_old_key_is_not_sent(harbour: Harbour) -> None:
    late, out, old = [await harbour.member(name) for name in ("late", "out", "old")]
    for actor in (late, out, old):
        await harbour.subscribe(actor)
    now = clock.now()
    await harbour.due(late, due_at=now - timedelta(hours=3), expires_at=now - timedelta(hours=1))
    await harbour.change("UPDATE session SET signed_out_at = $2 WHERE id = $1", out.session_id, now)
    await harbour.due(out, due_at=now - timedelta(minutes=2))
    await harbour.change("UPDATE push_subscription SET vapid_key = 'x' WHERE session_id = $1", old.session_id)
    await harbour.due(old, due_at=now - timedelta(minutes=1))
    async with harbour.delivering():
        await until(harbour.all_done)
    assert harbour.pushes.requests == 0
    assert await harbour.ledger() == [("dropped", "too-late"), ("dropped", "signed-out"), ("dropped", "key-changed")]


async def test_a_kind_decides_at_the_moment_of_sending(harbour: Harbour) -> None:
    """Dropped, put off until then, sent: each as it says, and one that breaks it spoils no other."""
    ada = await harbour.member()
    await harbour.subscribe(ada)
    asked: list[str | None] = []
    began = clock.now()

    async def decide(_: asyncpg.Connection, deliveries: Sequence[Waiting], now: datetime) -> list[Decision]:
        asked.extend(waiting.slot for waiting in deliveries)
        if any(waiting.slot == "broken" for waiting in deliveries):
            raise RuntimeError
        return [one(waiting, now) for waiting in deliveries]

    def one(waiting: Waiting, now: datetime) -> Decision:
        if waiting.slot == "off":
            return Drop("off")
        if waiting.slot == "quiet" and now < began + timedelta(seconds=1.5):
            return Defer(began + timedelta(seconds=1.5), began + timedelta(minutes=9))
        said = Notification(
            title="Leeward", body=waiting.slot or "", path="/", tag=waiting.topic, lang="en", leeward={}
        )
        return Send(said, 60, "normal", waiting.topic)

    for slot in ("now", "off", "quiet", "broken"):
        await harbour.due(ada, kind="probe", slot=slot)
    async with harbour.delivering(PushKind("probe", decide)):
        await until(lambda: len(harbour.pushes.received) == 2)
        await until(lambda: asked.count("broken") >= 2)
    assert [received.message["notification"]["body"] for received in harbour.pushes.received] == ["now", "quiet"]
    assert harbour.pushes.received[1].at >= (began + timedelta(seconds=1.5)).timestamp()
    assert asked.count("quiet") >= 2
    states = {row["slot"]: row for row in await harbour.rows("SELECT * FROM push_delivery")}
    assert {slot: row["state"] for slot, row in states.items()} == {
        "now": "sent",
        "off": "dropped",
        "quiet": "sent",
        "broken": "waiting",
    }
    assert states["quiet"]["expires_at"] == began + timedelta(minutes=9)


async def test_a_notification_that_does_not_fit_fails_alone(harbour: Harbour) -> None:
    ada = await harbour.member()
    await harbour.subscribe(ada)

    async def decide(_: asyncpg.Connection, deliveries: Sequence[Waiting], _now: datetime) -> list[Decision]:
        said = Notification(title="x" * 3000, body="", path="/", tag="", lang="en", leeward={})
        return [Send(said, 60, "normal", waiting.topic) for waiting in deliveries]

    await harbour.due(ada, kind="probe")
    await harbour.due(ada)
    async with harbour.delivering(PushKind("probe", decide), trial.KIND):
        await until(harbour.all_done)
    assert sorted(await harbour.ledger(), key=str) == [("failed", "too-large"), ("sent", None)]


async def test_what_travels_together_ends_each_in_its_own_way(harbour: Harbour) -> None:
    """One job brings deliveries to many: accepted, gone, refused, later, and silence, none in the way of another."""
    told_each = [told(201), told(410), told(403), told(503, Retry_After="1"), Told(hang=True), told(201)]
    now = clock.now()
    deliveries: list[NewDelivery] = []
    for number, answer in enumerate(told_each):
        actor = await harbour.member(f"m{number}")
        device = await harbour.subscribe(actor)
        if answer.status != 201 or answer.hang:
            harbour.pushes.at[device.endpoint.removeprefix(harbour.pushes.origin)] = answer
        deliveries.append(
            NewDelivery(
                account_id=actor.account_id,
                key=bytes([number] * 24),
                kind=trial.NAME,
                due_at=now + timedelta(milliseconds=number),
                expires_at=now + timedelta(seconds=4),
            )
        )
    async with harbour.database.transaction() as connection:
        assert await service.enqueue(connection, deliveries, now) == 6
    assert len(await harbour.rows("SELECT 1 FROM pgqueuer")) == 1
    async with harbour.delivering(patience=0.5):
        await until(harbour.all_done)
    assert await harbour.ledger() == [
        ("sent", None),
        ("failed", "answer-403"),
        ("failed", "answer-503"),
        ("failed", "timeout"),
        ("sent", None),
    ]
    assert set(harbour.pushes.topics().values()) == {1}


async def test_a_job_goes_when_the_last_that_it_brings_is_gone(harbour: Harbour) -> None:
    members = [await harbour.member(f"m{number}") for number in range(2)]
    now = clock.now()
    async with harbour.database.transaction() as connection:
        for actor in members:
            await service.subscribe(connection, actor, harbour.pushes.device().endpoint, Keys("", "", ""), "UTC", now)
        soon = [
            NewDelivery(account_id=actor.account_id, key=bytes(24), kind="x", due_at=now, expires_at=now)
            for actor in members
        ]
        await service.enqueue(connection, soon, now)
    for actor, left in zip(members, (1, 0), strict=True):
        await harbour.change("DELETE FROM account WHERE id = $1", actor.account_id)
        assert len(await harbour.rows("SELECT 1 FROM pgqueuer")) == left


async def test_two_deliverers_share_the_work_and_send_nothing_twice(harbour: Harbour) -> None:
    members = [await harbour.member(f"m{number}") for number in range(40)]
    for actor in members:
        await harbour.subscribe(actor)
    for _ in range(5):
        for actor in members:
            await harbour.due(actor)
    async with harbour.delivering(), harbour.delivering():
        await until(harbour.all_done)
    assert len(harbour.pushes.received) == 200
    assert set(harbour.pushes.topics().values()) == {1}


async def test_stopping_gives_what_hangs_to_the_next_one(harbour: Harbour) -> None:
    ada = await harbour.member()
    await harbour.subscribe(ada)
    harbour.pushes.answers = [Told(hang=True)]
    await harbour.due(ada)
    loop = asyncio.get_running_loop()
    async with harbour.delivering(patience=60):
        await until(lambda: harbour.pushes.requests)
        began = loop.time()
    assert loop.time() - began < 6
    [row] = await harbour.rows("SELECT status FROM pgqueuer")
    assert row["status"] == "queued"
    async with harbour.delivering():
        await until(harbour.all_done)
    assert await harbour.ledger() == [("sent", None)]


async def test_a_lost_database_connection_loses_nothing(harbour: Harbour) -> None:
    ada = await harbour.member()
    await harbour.subscribe(ada)
    async with harbour.delivering():
        await harbour.due(ada)
        await until(lambda: len(harbour.pushes.received) == 1)
        await harbour.change(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        await until(lambda: harbour.due_again(ada))
        await until(lambda: len(harbour.pushes.received) == 2)
    assert set(harbour.pushes.topics().values()) == {1}


async def test_a_delivery_that_lost_its_job_gets_another(harbour: Harbour) -> None:
    ada = await harbour.member()
    await harbour.subscribe(ada)
    await harbour.due(ada, due_at=clock.now() - timedelta(minutes=1))
    await harbour.change("DELETE FROM pgqueuer")
    async with harbour.delivering():
        await until(lambda: harbour.pushes.received)
        await until(harbour.all_done)
    assert await harbour.ledger() == [("sent", None)]


async def test_a_job_that_comes_again_after_it_was_done_sends_nothing(harbour: Harbour) -> None:
    ada = await harbour.member()
    await harbour.subscribe(ada)
    await harbour.due(ada)
    async with harbour.delivering():
        await until(harbour.all_done)
        async with harbour.database.transaction() as connection:
            [row] = await connection.fetch("SELECT job FROM push_delivery")
            await jobs.add(connection, [jobs.NewJob(row["job"])])
        await until(harbour.all_done)
    assert harbour.pushes.requests == 1
