"""A buddy is asked to say hello when a member has not checked in: only if they want it, once, in their own words."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from app.buddies import missed
from app.buddies.waking import WAKES as NEWS_WAKES
from app.db import Database
from app.push.kinds import Drop, Send
from app.spaces.actor import Actor
from app.worker.waker import wake_once
from tests.buddies.conftest import Pair, Town
from tests.buddies.test_agreements import agree
from tests.buddies.test_pushes import decided, waiting
from tests.reminders.conftest import look
from tests.reminders.test_waking import deliveries, subscribed
from tests.sync.phone import NOW, check_in

__all__ = ["look"]

WAKES = {missed.DUE: missed.wake, **NEWS_WAKES}
WORDS = "Say hello to Ada, she likes a call."
HOUR = timedelta(hours=1)


@pytest.fixture
async def pair(town: Town, ada: Actor, ben: Actor) -> Pair:
    pair = await town.two_phones(ada, ben)
    await agree(pair, hers="nothing", his="nothing")
    return pair


def wish(pair: Pair, **given: object) -> dict[str, Any]:
    return {"id": pair.ada, "pair": pair.id, "on": True, "afterHours": 48, "words": WORDS} | given


async def wants(pair: Pair, **given: object) -> list[str]:
    queued = pair.hers.queue("missed_check_ins.set", wish(pair, **given))
    return [refusal.reason for refusal in (await pair.hers.talk()).refusals if refusal.id == queued.id]


async def checks_in(pair: Pair, now: datetime, happened_at: datetime | None = None) -> None:
    pair.hers.now = now
    pair.hers.queue("check_ins.record", check_in(happenedAt=(happened_at or now).isoformat()))
    assert (await pair.hers.talk()).refusals == []


async def hello(pair: Pair, database: Database, now: datetime) -> list[str]:
    """The words that ben has then."""
    while await wake_once(database, WAKES, now):
        pass
    pair.his.now = now
    await pair.his.talk()
    return [row["words"] for row in pair.his.living("hello").values()]


async def test_after_so_long_a_buddy_has_the_words_and_nothing_else(
    pair: Pair, ben: Actor, database: Database, look: asyncpg.Connection
) -> None:
    device = await subscribed(look, ben)
    assert await wants(pair) == []
    mine = {"pair": pair.id, "on": True, "afterHours": 48, "words": WORDS}
    assert pair.hers.living("missed_check_in") == {UUID(pair.ada): mine}
    assert await hello(pair, database, NOW + 48 * HOUR - timedelta(seconds=1)) == []
    assert pair.his.living("missed_check_in") == {}, "the setting is hers alone"
    at = NOW + 48 * HOUR
    assert await hello(pair, database, at) == [WORDS]
    (row,) = pair.his.living("hello").values()
    assert (row.keys(), row["by"]) == ({"by", "words", "at"}, pair.ada)
    assert datetime.fromisoformat(row["at"]) == at
    assert [(one["kind"], one["subscription_id"]) for one in await deliveries(look)] == [("hello", device)]
    sent = await decided(look, waiting(pair, ben, "hello"), at)
    assert isinstance(sent, Send)
    assert (sent.payload.title, sent.payload.body) == ("Leeward", f"A buddy wrote: “{WORDS}”")
    # Once, however long it lasts.
    assert await look.fetchval("SELECT count(*) FROM due WHERE kind = $1", missed.DUE) == 0


async def test_every_check_in_puts_it_off_and_an_older_one_that_comes_late_does_not(
    pair: Pair, database: Database
) -> None:
    await wants(pair)
    await checks_in(pair, NOW + 40 * HOUR)
    assert await hello(pair, database, NOW + 88 * HOUR - timedelta(seconds=1)) == []
    await checks_in(pair, NOW + 87 * HOUR, happened_at=NOW + 50 * HOUR)
    assert await hello(pair, database, NOW + 98 * HOUR - timedelta(seconds=1)) == []
    assert await hello(pair, database, NOW + 98 * HOUR) == [WORDS]
    pair.hers.queue("check_ins.record", check_in(happenedAt=(NOW + 45 * HOUR).isoformat()))
    await pair.hers.talk()
    assert await hello(pair, database, NOW + 200 * HOUR) == [WORDS]


async def test_once_until_the_next_check_in(
    pair: Pair, ben: Actor, database: Database, look: asyncpg.Connection
) -> None:
    await subscribed(look, ben)
    await wants(pair, afterHours=24)
    at = NOW
    for round_ in range(1, 3):
        at += 24 * HOUR
        await hello(pair, database, at)
        assert len(await deliveries(look)) == round_
        at += 20 * timedelta(minutes=1)
        await hello(pair, database, at)
        assert len(await deliveries(look)) == round_
        await checks_in(pair, at)


async def test_check_ins_from_before_the_words_were_said_do_not_say_them_again(
    pair: Pair, ben: Actor, database: Database, look: asyncpg.Connection
) -> None:
    await subscribed(look, ben)
    await wants(pair, afterHours=24)
    at = NOW + 24 * HOUR
    await hello(pair, database, at)
    for seconds in range(4, 40, 4):
        later = timedelta(seconds=seconds)
        await checks_in(pair, at + later, happened_at=NOW + later)
        await hello(pair, database, at + later)
    assert len(await deliveries(look)) == 1
    assert await look.fetchval("SELECT count(*) FROM due WHERE kind = $1", missed.DUE) == 0
    # One that is later than that counts, and no sooner than after so long again.
    since = at + timedelta(seconds=1)
    await checks_in(pair, at + HOUR, happened_at=since)
    await hello(pair, database, since + 24 * HOUR - timedelta(seconds=1))
    assert len(await deliveries(look)) == 1
    await hello(pair, database, since + 24 * HOUR)
    assert len(await deliveries(look)) == 2


async def test_a_check_in_from_a_clock_that_runs_ahead_counts_from_now(pair: Pair, database: Database) -> None:
    await wants(pair, afterHours=24)
    pair.hers.clock_is_off_by = timedelta(days=300)
    await checks_in(pair, NOW + HOUR, happened_at=NOW + timedelta(days=300))
    assert await hello(pair, database, NOW + 25 * HOUR) == [WORDS]


async def test_while_her_reminders_are_paused_nobody_is_told_and_then_it_counts_anew(
    pair: Pair, database: Database
) -> None:
    await wants(pair, afterHours=24)
    pair.hers.queue("reminding.set", {"zone": "UTC", "pausedUntil": "2026-11-30"})
    await pair.hers.talk()
    ends = datetime.fromisoformat("2026-11-30T00:00:00+00:00")
    assert await hello(pair, database, ends - timedelta(seconds=1)) == []
    assert await hello(pair, database, ends + 24 * HOUR - timedelta(seconds=1)) == []
    assert await hello(pair, database, ends + 24 * HOUR) == [WORDS]


async def test_a_pause_that_is_ended_early_counts_from_there(pair: Pair, database: Database) -> None:
    await wants(pair, afterHours=24)
    pair.hers.queue("reminding.set", {"zone": "UTC", "pausedUntil": "2027-11-30"})
    await pair.hers.talk()
    pair.hers.now = NOW + 48 * HOUR
    pair.hers.queue("reminding.set", {"pausedUntil": None})
    await pair.hers.talk()
    assert await hello(pair, database, NOW + 72 * HOUR - timedelta(seconds=1)) == []
    assert await hello(pair, database, NOW + 72 * HOUR) == [WORDS]


async def test_a_pause_that_began_unnoticed_is_looked_at_when_it_falls_due(
    pair: Pair, database: Database, look: asyncpg.Connection
) -> None:
    await wants(pair, afterHours=24)
    await checks_in(pair, NOW)
    pair.hers.queue("reminding.set", {"zone": "UTC", "pausedUntil": "2026-11-24"})
    await pair.hers.talk()
    await checks_in(pair, NOW + HOUR)
    assert await hello(pair, database, NOW + 25 * HOUR) == []
    assert await hello(pair, database, datetime.fromisoformat("2026-11-25T00:00:00+00:00")) == [WORDS]


async def test_turned_off_nothing_comes_and_what_came_is_gone_from_the_other(
    pair: Pair, ben: Actor, database: Database, look: asyncpg.Connection
) -> None:
    await wants(pair)
    await wants(pair, on=False)
    assert await hello(pair, database, NOW + 100 * HOUR) == []
    pair.hers.now = NOW + 100 * HOUR
    await wants(pair)
    assert await hello(pair, database, NOW + 148 * HOUR) == [WORDS]
    await wants(pair, on=False)
    assert await hello(pair, database, NOW + 149 * HOUR) == []
    assert await look.fetchval("SELECT count(*) FROM hello WHERE words <> ''") == 0
    assert await decided(look, waiting(pair, ben, "hello"), NOW + 149 * HOUR) == Drop("gone")


async def test_the_push_says_that_these_are_a_buddys_words_and_whose_only_by_choice(
    pair: Pair, ben: Actor, database: Database, look: asyncpg.Connection
) -> None:
    await wants(pair, words="Ring {name} {words}")
    await hello(pair, database, NOW + 48 * HOUR)

    async def body(language: str) -> str:
        sent = await decided(look, waiting(pair, ben, "hello", language), NOW + 48 * HOUR)
        assert isinstance(sent, Send)
        return sent.payload.body

    assert await body("de") == "Ein Buddy hat geschrieben: „Ring {name} {words}“"
    pair.his.queue("pair_choices.set", {"pair": pair.id, "nameOnLockScreen": True})
    await pair.his.talk()
    pair.hers.queue("pairs.rename", {"pair": pair.id, "name": "Ada {words}"})
    await pair.hers.talk()
    assert await body("en") == "Ada {words} wrote: “Ring {name} {words}”"


async def test_whoever_wants_no_push_of_messages_gets_none_of_these_words_but_has_them(
    pair: Pair, ben: Actor, database: Database, look: asyncpg.Connection
) -> None:
    pair.his.queue("pair_choices.set", {"pair": pair.id, "messages": False})
    await pair.his.talk()
    await wants(pair)
    assert await hello(pair, database, NOW + 48 * HOUR) == [WORDS]
    assert await decided(look, waiting(pair, ben, "hello"), NOW + 48 * HOUR) == Drop("off")
    pair.his.queue("pair_choices.set", {"pair": pair.id, "messages": True})
    await pair.his.talk()
    assert isinstance(await decided(look, waiting(pair, ben, "hello"), NOW + 48 * HOUR), Send)


@pytest.mark.parametrize("how", ["pairs.end", "pairs.block"])
async def test_when_the_pair_is_over_nobody_is_told(
    pair: Pair, database: Database, look: asyncpg.Connection, how: str
) -> None:
    await wants(pair)
    pair.his.queue(how, {"pair": pair.id})
    await pair.his.talk()
    assert await look.fetchval("SELECT count(*) FROM due") == 0
    assert await look.fetchval("SELECT count(*) FROM missed_check_in") == 0
    assert await hello(pair, database, NOW + 100 * HOUR) == []


async def test_after_an_outage_phones_have_time_to_bring_what_they_could_not_send(
    pair: Pair, database: Database
) -> None:
    await wants(pair)
    back = NOW + 60 * HOUR
    assert await hello(pair, database, back) == []
    await checks_in(pair, back + HOUR, happened_at=NOW + 47 * HOUR)
    assert await hello(pair, database, back + 2 * HOUR) == []
    assert await hello(pair, database, NOW + 95 * HOUR) == [WORDS]


async def test_somebody_who_writes_in_the_pair_just_now_is_not_waited_for(
    pair: Pair, database: Database, look: asyncpg.Connection
) -> None:
    await wants(pair)
    at = NOW + 48 * HOUR
    async with look.transaction():
        await look.execute("SELECT 1 FROM space WHERE id = $1 FOR NO KEY UPDATE", pair.id)
        async with asyncio.timeout(20):
            assert await wake_once(database, WAKES, at) == 1
    assert await hello(pair, database, at) == []
    assert await hello(pair, database, at + timedelta(seconds=1)) == [WORDS]


async def test_somebody_whose_check_in_comes_just_now_is_not_waited_for(
    pair: Pair, database: Database, look: asyncpg.Connection
) -> None:
    await wants(pair)
    at = NOW + 48 * HOUR
    async with look.transaction():
        # As a batch does that brings a check-in, before it says when the hello is due.
        await look.execute("SELECT 1 FROM missed_check_in FOR NO KEY UPDATE")
        async with asyncio.timeout(20):
            assert await wake_once(database, WAKES, at) == 1
    assert await hello(pair, database, at) == []
    assert await hello(pair, database, at + timedelta(seconds=1)) == [WORDS]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"words": "x" * 121}, "text-too-long"),
        ({"words": "  "}, "invalid"),
        ({"words": "a\0b"}, "invalid"),
        ({"words": "Leeward:\nring this number"}, "invalid"),
        ({"words": "a\u202eb"}, "invalid"),
        ({"afterHours": 1}, "invalid"),
    ],
)
async def test_what_no_phone_of_ours_sends_is_refused(pair: Pair, wrong: dict[str, Any], reason: str) -> None:
    assert await wants(pair, **wrong) == [reason]


async def test_words_from_before_this_was_looked_at_can_be_turned_off(pair: Pair) -> None:
    assert await wants(pair, on=False, words="a\nb") == []


async def test_without_an_agreement_nobody_is_told_of_anything(town: Town, ada: Actor, cleo: Actor) -> None:
    other = await town.two_phones(ada, cleo)
    assert await wants(other) == ["no-agreement"]
    assert await wants(other, on=False) == []


async def test_an_outsider_sets_nothing(town: Town, pair: Pair, cleo: Actor, look: asyncpg.Connection) -> None:
    phone = town.phone(cleo)
    phone.queue("missed_check_ins.set", wish(pair))
    assert [refusal.reason for refusal in (await phone.talk()).refusals] == ["not-yours"]
    assert await look.fetchval("SELECT count(*) FROM missed_check_in") == 0
