"""Sync, rules 3 and 4: exactly once, in order; refused, unknown, transient, faulty."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import msgspec
import pytest

from app.db import Database
from app.errors import Invalid, LeewardError, TooMany, Unavailable
from app.spaces.actor import Actor
from app.sync import ledger
from app.sync.ledger import PHONES_OF_AN_ACCOUNT
from app.sync.registry import Change, Mutation, Registry, own_journal
from app.sync.service import Sync
from app.sync.wire import MOST_MUTATIONS, SyncReply
from tests.sync.phone import NOW, Phone, check_in


async def test_rule_3_a_change_sent_again_after_a_lost_answer_is_applied_once(phone: Phone) -> None:
    phone.queue("check_ins.record", check_in(mood=2))
    lost = await phone.send()
    reply = await phone.talk()
    assert (lost.last, reply.last) == (1, 1)
    assert [row["version"] for row in phone.rows.values()] == [1]
    assert phone.waiting == []


async def test_rule_3_a_batch_that_overlaps_what_was_taken_goes_on_behind_it(phone: Phone) -> None:
    for mood in (1, 2):
        phone.queue("check_ins.record", check_in(mood=mood))
    await phone.send()
    phone.queue("check_ins.record", check_in(mood=3))
    await phone.talk()
    assert sorted(data["mood"] for data in phone.living().values()) == [1, 2, 3]
    assert sorted(row["version"] for row in phone.rows.values()) == [1, 2, 3]


async def test_rule_3_the_same_number_with_another_id_is_forked_and_nothing_is_applied(
    phone: Phone, sync: Sync
) -> None:
    clone = Phone(sync, phone.actor, device=phone.device)
    phone.queue("check_ins.record", check_in(mood=1))
    await phone.talk()
    clone.queue("check_ins.record", check_in(mood=5))
    clone.queue("check_ins.record", check_in(mood=5))
    reply = await clone.talk()
    assert (reply.outcome, reply.last, reply.rows) == ("forked", 1, [])
    await phone.talk()
    assert [data["mood"] for data in phone.living().values()] == [1]


async def test_rule_3_a_clone_with_a_new_device_id_loses_nothing(phone: Phone, sync: Sync) -> None:
    phone.queue("check_ins.record", check_in(mood=1))
    await phone.talk()
    clone = Phone(sync, phone.actor)
    clone.queue("check_ins.record", check_in(mood=5))
    await clone.talk()
    assert sorted(data["mood"] for data in clone.living().values()) == [1, 5]


async def test_rule_3_a_number_too_high_is_a_gap_and_nothing_is_applied(phone: Phone) -> None:
    phone.number = 4
    phone.queue("check_ins.record", check_in())
    reply = await phone.talk()
    assert (reply.outcome, reply.last, reply.rows) == ("gap", 0, [])


async def test_rule_3_numbers_in_a_batch_must_follow_one_another(phone: Phone) -> None:
    phone.queue("check_ins.record", check_in())
    phone.number = 5
    phone.queue("check_ins.record", check_in())
    with pytest.raises(Invalid, match="numbered"):
        await phone.send()


async def test_rule_3_ids_are_forgotten_after_a_month_but_not_those_that_the_phone_may_still_repeat(
    phone: Phone, database: Database
) -> None:
    async def kept() -> int:
        async with database.transaction() as connection:
            await ledger.prune(connection, NOW + timedelta(days=31))
            return await connection.fetchval("SELECT sum(cardinality(ids)) FROM sync_batch")

    sent = [phone.queue("check_ins.delete", {"id": str(uuid4())}) for _ in range(100)]
    await phone.talk()
    for _ in range(4):
        for _ in range(100):
            phone.queue("check_ins.delete", {"id": str(uuid4())})
        await phone.talk()
    assert await kept() == MOST_MUTATIONS
    assert (await phone.send(mutations=sent)).outcome == "ok"
    phone.now = NOW + timedelta(days=2)
    for _ in range(100):
        phone.queue("check_ins.delete", {"id": str(uuid4())})
    await phone.talk()
    assert await kept() == MOST_MUTATIONS, "and the first hundred are gone"
    # An old copy of a phone: it is told that it is a copy, and sends what it has under a new name.
    assert (await phone.send(mutations=sent)).outcome == "forked"


async def test_rule_3_two_accounts_may_have_the_same_device_id(phone: Phone, sync: Sync, cleo: Actor) -> None:
    phone.queue("check_ins.record", check_in())
    await phone.talk()
    other = Phone(sync, cleo, device=phone.device)
    other.queue("check_ins.record", check_in(mood=5))
    reply = await other.talk()
    assert (reply.outcome, reply.last) == ("ok", 1)
    assert [data["mood"] for data in other.living().values()] == [5]


async def test_rule_4_a_refusal_leaves_the_others_and_comes_back_until_confirmed(phone: Phone) -> None:
    phone.queue("check_ins.record", check_in(mood=1))
    refused = phone.queue("check_ins.record", check_in(mood=6))
    phone.queue("check_ins.record", check_in(mood=5))
    first = await phone.talk()
    again = await phone.talk()
    for reply in (first, again):
        assert [(r.number, r.id, r.name, r.reason) for r in reply.refusals] == [
            (2, refused.id, "check_ins.record", "mood-out-of-range")
        ]
    assert first.last == 3
    assert sorted(row["version"] for row in phone.rows.values()) == [1, 2], "versions have no gap"
    confirmed = await phone.talk(confirmed=[2])
    assert confirmed.refusals == []
    assert (await phone.talk()).refusals == []


async def test_rule_4_an_unknown_name_is_refused_as_such(phone: Phone) -> None:
    phone.queue("check_ins.dream", {"id": str(uuid4())})
    phone.queue("check_ins.record", check_in())
    reply = await phone.talk()
    assert [r.reason for r in reply.refusals] == ["unknown-mutation"]
    assert len(phone.living()) == 1
    assert reply.build == "test"


@pytest.mark.parametrize(
    "args",
    [b"null", b"[]", b'{"id": 1}', b'{"id":"x"}', b'"\\ud800"', b'{"id": "0", "mood": 3}', b"1e999", b'{"a":' * 500],
)
async def test_rule_5_one_bad_change_cannot_reject_the_rest(phone: Phone, args: bytes) -> None:
    phone.queue("check_ins.record", args)
    phone.queue("check_ins.record", check_in())
    reply = await phone.talk()
    assert [r.reason for r in reply.refusals] == ["invalid"]
    assert len(phone.living()) == 1


async def test_rule_5_a_change_over_64_kib_is_refused(phone: Phone) -> None:
    phone.queue("check_ins.record", check_in(extra="x" * 64 * 1024))
    reply = await phone.talk()
    assert [r.reason for r in reply.refusals] == ["too-large"]


class Args(msgspec.Struct):
    id: UUID


class Faulty:
    """A mutation that fails as long as it is told to, after having written something."""

    def __init__(self, failures: int) -> None:
        self.failures = failures

    async def run(self, change: Change, args: Args) -> None:
        await change.connection.execute(
            "INSERT INTO preference (space_id, id, version, deleted, written_at, key, value)"
            " VALUES ($1, $2, $3, false, $4, 'theme', 'dark')",
            change.journal.id,
            args.id,
            change.journal.next_version(),
            change.now,
        )
        if self.failures:
            self.failures -= 1
            raise ZeroDivisionError


def with_faulty(sync: Sync, failures: int) -> Sync:
    faulty = Mutation("test.faulty", Args, own_journal, Faulty(failures).run)
    record = sync.registry.mutation("check_ins.record")
    return Sync(sync.database, Registry(sync.registry.kinds, [faulty, record]), sync.pokes, sync.build)


async def faults(phone: Phone) -> SyncReply:
    phone.queue("check_ins.record", check_in(mood=1))
    phone.queue("test.faulty", {"id": str(uuid4())})
    phone.queue("check_ins.record", check_in(mood=5))
    return await phone.talk()


async def test_rule_4_a_fault_keeps_what_stands_before_it_and_advances_no_further(sync: Sync, ada: Actor) -> None:
    phone = Phone(with_faulty(sync, failures=2), ada)
    reply = await faults(phone)
    assert reply.fault is not None
    assert (reply.last, reply.fault.number, reply.fault.attempts) == (1, 2, 1)
    assert [data["mood"] for data in phone.living().values()] == [1]
    assert phone.living("preference") == {}


async def test_rule_4_a_fault_that_passes_is_applied_later(sync: Sync, ada: Actor) -> None:
    phone = Phone(with_faulty(sync, failures=2), ada)
    await faults(phone)
    reply = await phone.talk()
    assert (reply.last, reply.fault, reply.refusals) == (3, None, [])
    assert sorted(data["mood"] for data in phone.living().values()) == [1, 5]
    assert len(phone.living("preference")) == 1


async def test_rule_4_the_third_fault_is_a_refusal_and_alerts(
    sync: Sync, ada: Actor, caplog: pytest.LogCaptureFixture
) -> None:
    phone = Phone(with_faulty(sync, failures=100), ada)
    attempts = [await faults(phone), await phone.talk(), await phone.talk()]
    assert [(r.last, r.fault.attempts if r.fault else None) for r in attempts] == [(1, 1), (1, 2), (3, None)]
    assert [r.reason for r in attempts[-1].refusals] == ["server-fault"]
    assert sorted(row["version"] for row in phone.rows.values()) == [1, 2]
    assert [record.levelname for record in caplog.records].count("CRITICAL") == 1


@pytest.mark.parametrize("mood", [5, 6], ids=["alone", "beside one that is refused"])
@pytest.mark.parametrize(
    "passing",
    [Unavailable("busy", "Later."), TooMany("too-many-tries", "Later.", retry_after=60)],
    ids=["unavailable", "too many"],
)
async def test_rule_4_what_a_service_cannot_do_just_now_is_no_refusal(
    sync: Sync, ada: Actor, passing: LeewardError, mood: int
) -> None:
    later: list[LeewardError] = [passing]

    async def not_now(change: Change, args: Args) -> None:
        await Faulty(0).run(change, args)
        if later:
            raise later[0]

    busy = Mutation("test.faulty", Args, own_journal, not_now)
    record = sync.registry.mutation("check_ins.record")
    phone = Phone(Sync(sync.database, Registry(sync.registry.kinds, [busy, record]), sync.pokes, sync.build), ada)
    phone.queue("check_ins.record", check_in(mood=mood))
    phone.queue("test.faulty", {"id": str(uuid4())})
    with pytest.raises(type(passing)) as told:
        await phone.talk()
    assert told.value is passing
    later.clear()
    reply = await phone.talk()
    assert (reply.last, reply.fault) == (2, None)
    assert [refusal.number for refusal in reply.refusals] == ([] if mood == 5 else [1])
    assert len(phone.living("preference")) == 1


async def test_rule_4_a_backend_that_is_killed_changes_nothing(sync: Sync, ada: Actor, database: Database) -> None:
    class Killed:
        times = 1

        async def run(self, change: Change, args: Args) -> None:
            await Faulty(0).run(change, args)
            if self.times:
                self.times -= 1
                pid = await change.connection.fetchval("SELECT pg_backend_pid()")
                async with database.connection() as other:
                    await other.execute("SELECT pg_terminate_backend($1, 5000)", pid)
                await change.connection.execute("SELECT 1")

    killed = Mutation("test.faulty", Args, own_journal, Killed().run)
    record = sync.registry.mutation("check_ins.record")
    phone = Phone(Sync(database, Registry(sync.registry.kinds, [killed, record]), sync.pokes, sync.build), ada)
    with pytest.raises(Unavailable):
        await faults(phone)
    reply = await phone.talk()
    assert (reply.last, reply.fault, reply.refusals) == (3, None, [])
    assert sorted(row["version"] for row in phone.rows.values()) == [1, 2, 3]


async def test_an_account_has_two_hundred_phones_and_the_one_longest_unseen_goes_first(
    phone: Phone, second_phone: Phone, cleo: Actor, sync: Sync, database: Database
) -> None:
    elsewhere = Phone(sync, cleo)
    for one in (phone, elsewhere):
        one.queue("preferences.set", {"key": "theme", "value": "dark"})
        await one.talk()
    async with database.connection() as connection:
        await connection.execute(
            "INSERT INTO sync_device (account_id, id, last, fault_number, fault_count, seen_at)"
            " SELECT $1, gen_random_uuid(), 1, 0, 0, $2::timestamptz + make_interval(secs => n)"
            " FROM generate_series(1, $3::int) AS n",
            phone.actor.account_id,
            phone.now,
            PHONES_OF_AN_ACCOUNT - 1,
        )
        second_phone.now += timedelta(hours=1)
        second_phone.queue("preferences.set", {"key": "theme", "value": "light"})
        await second_phone.talk()
        rows = await connection.fetch("SELECT account_id, id FROM sync_device")
    left = {(row["account_id"], row["id"]) for row in rows}
    assert len(left) == PHONES_OF_AN_ACCOUNT + 1
    assert (phone.actor.account_id, phone.device) not in left
    assert {(phone.actor.account_id, second_phone.device), (cleo.account_id, elsewhere.device)} <= left
    # To the one that was forgotten it is a gap, in which a phone takes a new id and goes on.
    phone.queue("preferences.set", {"key": "theme", "value": "dark"})
    assert (await phone.talk()).outcome == "gap"
