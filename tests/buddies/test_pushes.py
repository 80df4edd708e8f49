"""A member is told of something in a pair: once, by words that tell nothing, and only if it is wanted."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import msgspec
import pytest

from app.buddies import pushes
from app.buddies.news import NEWS, What
from app.buddies.pushes import tell, tell_the_other
from app.buddies.rules import PACE_WITHIN
from app.buddies.waking import WAKES
from app.db import Database
from app.push.kinds import Defer, Drop, Send, Waiting
from app.spaces.actor import Actor
from app.sync import ledger
from app.worker.waker import wake_once
from tests.buddies.conftest import DECIDES, Pair, Town, decided, waiting
from tests.buddies.test_agreements import agree
from tests.buddies.test_sharing import shares
from tests.buddies.test_talking import says, sends
from tests.reminders.test_waking import deliveries, subscribed
from tests.sync.phone import NOW

EVERY: tuple[What, ...] = ("message", "signal", "shared_check_in")
ALL_ON = {"messages": True, "signals": True, "sharedCheckIns": True}


@pytest.fixture
async def pair(town: Town, ada: Actor, ben: Actor, database: Database) -> Pair:
    """Ada has written to ben and shared a check-in, and nobody was told of it."""
    pair = await town.two_phones(ada, ben)
    await agree(pair, hers="weather", his="nothing")
    await shares(pair, "weather")
    await says(pair)
    async with database.connection() as connection:
        await connection.execute("DELETE FROM due")
    return pair


@pytest.fixture
async def look(database: Database) -> AsyncGenerator[asyncpg.Connection]:
    """A connection beside the server's, to see what stands in the tables."""
    async with database.connection() as connection:
        yield connection


async def chooses(pair: Pair, **given: bool) -> None:
    """What ben wants of the pair from now on."""
    pair.his.queue("pair_choices.set", {"pair": pair.id, **given})
    assert (await pair.his.talk()).refusals == []


@pytest.mark.parametrize("what", EVERY)
async def test_whoever_is_told_hears_it_on_each_device_once_and_the_other_does_not(
    pair: Pair, ada: Actor, ben: Actor, database: Database, look: asyncpg.Connection, what: What
) -> None:
    hers, his = await subscribed(look, ada), {await subscribed(look, ben), await subscribed(look, ben)}
    for seconds in (0, 1, 2):
        async with database.transaction() as connection:
            await tell_the_other(connection, UUID(pair.id), ada.account_id, what, NOW + timedelta(seconds=seconds))
    assert await wake_once(database, WAKES, NOW + timedelta(seconds=2)) == 1
    found = await deliveries(look)
    assert {one["subscription_id"] for one in found} == his, hers
    assert len({one["key"] for one in found}) == 1
    for one in found:
        assert (one["kind"], str(one["space_id"]), one["due_at"]) == (what, pair.id, NOW)
        assert one["expires_at"] == NOW + timedelta(days=1)
    assert await look.fetchval("SELECT count(*) FROM due") == 0
    # Something new afterwards is said again, at the pace of its kind.
    async with database.transaction() as connection:
        await tell(connection, UUID(pair.id), [ben.account_id], what, NOW + timedelta(seconds=3))
    assert await wake_once(database, WAKES, NOW + timedelta(seconds=3)) == 1
    await wake_once(database, WAKES, NOW + PACE_WITHIN)
    assert len(await deliveries(look)) == 4


async def test_what_is_rolled_back_tells_nobody(
    pair: Pair, ben: Actor, database: Database, look: asyncpg.Connection
) -> None:
    async def tells_and_fails() -> None:
        async with database.transaction() as connection:
            await tell(connection, UUID(pair.id), [ben.account_id], "message", NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await tells_and_fails()
    assert await look.fetchval("SELECT count(*) FROM due") == 0


async def test_it_says_nothing_of_the_content_and_no_name_and_leads_to_the_pair(
    pair: Pair, ben: Actor, look: asyncpg.Connection
) -> None:
    await chooses(pair, **ALL_ON)
    for what in EVERY:
        for language in ("en", "de"):
            sent = await decided(look, waiting(pair, ben, what, language))
            assert isinstance(sent, Send)
            assert "Ada" not in sent.payload.body
            assert "uddy" in sent.payload.body
            assert (sent.payload.title, sent.payload.path) == ("Leeward", f"/buddies/{pair.id}")
            assert sent.payload.lang == language
            assert sent.payload.tag == sent.topic
            assert len(sent.topic) == 32
            assert sent.payload.leeward == {"kind": what, "key": "A" * 32, "pair": pair.id}
            assert (sent.urgency, sent.ttl) == ("normal", 86_400)


async def test_the_name_is_there_for_whoever_turned_that_on_for_this_pair(
    town: Town, pair: Pair, ben: Actor, cleo: Actor, look: asyncpg.Connection
) -> None:
    other = await town.pair(cleo, ben)
    await pair.his.talk()
    await chooses(pair, **ALL_ON, nameOnLockScreen=True)
    bodies: list[str] = []
    for what in EVERY:
        sent = await decided(look, waiting(pair, ben, what))
        assert isinstance(sent, Send)
        bodies.append(sent.payload.body)
    assert bodies == ["Ada wrote to you.", "Ada sent you a sign.", "Ada shared a check-in with you."]
    pair.hers.queue("pairs.rename", {"pair": pair.id, "name": "{name} & {x}"})
    await pair.hers.talk()
    sent = await decided(look, waiting(pair, ben, language="de"))
    assert isinstance(sent, Send)
    assert sent.payload.body == "{name} & {x} hat dir geschrieben."
    sent = await decided(look, msgspec.structs.replace(waiting(pair, ben, "signal"), space_id=other))
    assert isinstance(sent, Send)
    assert sent.payload.body == "A buddy sent you a sign."


async def test_of_one_kind_and_pair_there_is_one_notification(
    town: Town, pair: Pair, ben: Actor, cleo: Actor, look: asyncpg.Connection
) -> None:
    other = await town.two_phones(cleo, ben)
    topics: list[str] = []
    for one in (waiting(pair, ben), waiting(pair, ben), waiting(pair, ben, "signal"), waiting(other, ben, "signal")):
        sent = await decided(look, one)
        assert isinstance(sent, Send)
        topics.append(sent.topic)
    assert topics[0] == topics[1]
    assert len(set(topics)) == 3


@pytest.mark.parametrize(
    ("what", "choice", "default"),
    [("message", "messages", True), ("signal", "signals", True), ("shared_check_in", "sharedCheckIns", False)],
)
async def test_each_is_sent_by_choice(
    pair: Pair, ben: Actor, look: asyncpg.Connection, what: What, choice: str, *, default: bool
) -> None:
    assert isinstance(await decided(look, waiting(pair, ben, what)), Send) is default
    await chooses(pair, asks=False)
    assert isinstance(await decided(look, waiting(pair, ben, what)), Send) is default
    await chooses(pair, **{choice: False})
    assert await decided(look, waiting(pair, ben, what)) == Drop("off")
    await chooses(pair, **{choice: True})
    assert isinstance(await decided(look, waiting(pair, ben, what)), Send)


@pytest.mark.parametrize("how", ["pairs.end", "pairs.block"])
async def test_who_has_parted_is_told_nothing(
    pair: Pair, ben: Actor, database: Database, look: asyncpg.Connection, how: str
) -> None:
    await subscribed(look, ben)
    await chooses(pair, messages=True)
    for _ in range(2):
        async with database.transaction() as connection:
            await tell(connection, UUID(pair.id), [ben.account_id], "message", NOW)
        await wake_once(database, WAKES, NOW)
    one = waiting(pair, ben)
    assert isinstance(await decided(look, one), Send)
    pair.hers.queue(how, {"pair": pair.id})
    await pair.hers.talk()
    assert await decided(look, one) == Drop("parted")
    for table in ("due", "push_delivery", "pair_choice"):
        assert await look.fetchval(f"SELECT count(*) FROM {table}") == 0, table


async def test_in_quiet_hours_and_in_a_pause_it_waits(pair: Pair, ben: Actor, look: asyncpg.Connection) -> None:
    quiet = {"zone": "Europe/Berlin", "quietFrom": "22:00", "quietTo": "10:00"}
    pair.his.queue("reminding.set", quiet)
    await pair.his.talk()
    nine, ten = NOW, NOW + timedelta(hours=1)
    assert await decided(look, waiting(pair, ben), nine) == Defer(ten, ten + timedelta(days=1))
    assert isinstance(await decided(look, waiting(pair, ben), ten), Send)
    pair.his.queue("reminding.set", {"pausedUntil": "2026-11-24"})
    await pair.his.talk()
    end = ten + timedelta(days=2)
    assert await decided(look, waiting(pair, ben), ten) == Defer(end, end + timedelta(days=1))
    pair.his.queue("reminding.set", {"quietFrom": None, "quietTo": None})
    await pair.his.talk()
    midnight = end - timedelta(hours=10)
    assert await decided(look, waiting(pair, ben), ten) == Defer(midnight, midnight + timedelta(days=1))
    # Ada's peace is her own.
    assert isinstance(await decided(look, waiting(pair, ben)), Defer)


async def test_of_several_that_waited_the_last_is_enough(
    pair: Pair, ben: Actor, database: Database, look: asyncpg.Connection
) -> None:
    await subscribed(look, ben)
    await subscribed(look, ben)
    for minute in range(3):
        async with database.transaction() as connection:
            await tell(connection, UUID(pair.id), [ben.account_id], "message", NOW + timedelta(minutes=minute))
            await tell(connection, UUID(pair.id), [ben.account_id], "signal", NOW)
        await wake_once(database, WAKES, NOW + timedelta(minutes=minute))
    rows = [one for one in await deliveries(look) if one["kind"] == "message"]
    ids = [waiting_of(one, ben) for one in rows]
    decisions = await DECIDES["message"](look, ids, NOW + timedelta(hours=1))
    assert [decision == Drop("newer") for decision in decisions] == [True] * 4 + [False] * 2


def waiting_of(row: dict[str, Any], ben: Actor) -> Waiting:
    named = {name: row[name] for name in Waiting.__struct_fields__ if name in row}
    return Waiting(**named, account_id=ben.account_id, session_id=ben.session_id, language="en")


@pytest.mark.parametrize("what", ["message", "shared_check_in"])
async def test_what_was_taken_back_meanwhile_is_not_told_any_more(
    pair: Pair, ben: Actor, look: asyncpg.Connection, what: What
) -> None:
    await chooses(pair, **ALL_ON)
    one = waiting(pair, ben, what)
    await look.execute(f"DELETE FROM {what}")
    mine = await (says(pair) if what == "message" else shares(pair, "weather"))
    assert isinstance(await decided(look, one), Send)
    gone = "messages.delete" if what == "message" else "shared_check_ins.take_back"
    assert await sends(pair.hers, gone, pair=pair.id, id=mine) is None
    assert await decided(look, one) == Drop("gone")
    # What ben himself says there is nothing to tell him of.
    await says(pair, phone=pair.his)
    assert await decided(look, one) == Drop("gone")


async def test_everything_said_or_shared_is_told_to_the_other_and_nothing_twice(
    pair: Pair, look: asyncpg.Connection
) -> None:
    async def due() -> set[tuple[str, str]]:
        rows = await look.fetch("DELETE FROM due RETURNING kind, subject::text")
        return {(row["kind"], row["subject"]) for row in rows}

    message = await says(pair)
    assert await due() == {("message", pair.ben)}
    await says(pair, phone=pair.his)
    assert await due() == {("message", pair.ada)}
    signal = {"pair": pair.id, "id": str(uuid4()), "signal": "glad"}
    assert await sends(pair.his, "signals.send", **signal) is None
    assert await due() == {("signal", pair.ada)}
    mine = await shares(pair, "weather")
    assert await due() == {("shared_check_in", pair.ben)}
    assert await sends(pair.hers, "messages.send", pair=pair.id, id=message, text="Again") is None
    assert await sends(pair.his, "signals.send", **signal) is None
    assert await sends(pair.hers, "check_ins.edit", id=mine, mood=4) is None
    assert await sends(pair.hers, "shared_check_ins.share", pair=pair.id, id=mine, level="weather") is None
    assert await sends(pair.hers, "messages.delete", pair=pair.id, id=message) is None
    assert await sends(pair.his, "messages.mark", pair=pair.id, received=3) is None
    assert await due() == set()


async def test_whoever_writes_and_whoever_wakes_do_not_stand_in_each_others_way(
    pair: Pair, ada: Actor, ben: Actor, database: Database, look: asyncpg.Connection
) -> None:
    await subscribed(look, ben)
    async with database.transaction() as connection:
        await tell(connection, UUID(pair.id), [ben.account_id], "message", NOW)
    locked, woken = asyncio.Event(), asyncio.Event()

    async def writes() -> None:
        async with database.transaction() as connection:
            await ledger.lock_spaces(connection, ada.account_id, [UUID(pair.id)], in_pairs=False)
            locked.set()
            await woken.wait()
            await tell(connection, UUID(pair.id), [ben.account_id], "message", NOW + timedelta(seconds=1))

    async def wakes() -> None:
        await locked.wait()
        async with asyncio.timeout(20):
            assert await wake_once(database, WAKES, NOW) == 1
        woken.set()

    await asyncio.gather(writes(), wakes())
    assert len(await deliveries(look)) == 1
    assert await look.fetchval("SELECT due_at FROM due") == NOW + timedelta(seconds=1)


async def test_choices_are_ones_own_and_nobody_elses(town: Town, pair: Pair, cleo: Actor) -> None:
    await chooses(pair, messages=False, nameOnLockScreen=True)
    await chooses(pair, showSeen=True)
    mine = {"pair": pair.id, "messages": False, "signals": True, "sharedCheckIns": False, "asks": True}
    mine |= {"agreements": True}
    assert pair.his.living("pair_choice") == {UUID(pair.ben): mine | {"nameOnLockScreen": True, "showSeen": True}}
    await pair.hers.talk()
    assert pair.hers.living("pair_choice") == {}
    stranger = town.phone(cleo)
    stranger.queue("pair_choices.set", {"pair": pair.id, "messages": True})
    assert [refusal.reason for refusal in (await stranger.talk()).refusals] == ["not-yours"]


def test_every_kind_has_words_in_every_language() -> None:
    for news in NEWS:
        assert news.says.keys() == news.names.keys() == {"en", "de"}
        assert all("{name}" in named for named in news.names.values())
    assert {kind.name for kind in pushes.KINDS} == WAKES.keys()
