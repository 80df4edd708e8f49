"""Whoever is to say yes to an agreement hears that it lies on the table, and whoever proposed it that it holds."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from datetime import timedelta
from uuid import UUID, uuid4

import asyncpg
import pytest

from app.buddies.news import What
from app.buddies.waking import WAKES
from app.db import Database
from app.migrations import migrate_database
from app.push.kinds import Defer, Drop, Send
from app.spaces.actor import Actor
from app.worker.waker import wake_once
from tests.buddies.conftest import Pair, Town, decided, waiting
from tests.buddies.test_agreements import agree, propose, terms
from tests.buddies.test_pushes import chooses
from tests.buddies.test_talking import sends
from tests.reminders.test_waking import deliveries, subscribed
from tests.sync.phone import NOW


@pytest.fixture
async def pair(town: Town, ada: Actor, ben: Actor) -> Pair:
    return await town.two_phones(ada, ben)


@pytest.fixture
async def look(database: Database) -> AsyncGenerator[asyncpg.Connection]:
    """A connection beside the server's, to see what stands in the tables."""
    async with database.connection() as connection:
        yield connection


async def due(look: asyncpg.Connection) -> set[tuple[str, str]]:
    """Who is to be told of what; then it is as if they had been."""
    rows = await look.fetch("DELETE FROM due RETURNING kind, subject::text")
    return {(row["kind"], row["subject"]) for row in rows}


async def test_a_proposal_is_told_to_the_other_and_a_yes_to_whoever_proposed(
    pair: Pair, look: asyncpg.Connection
) -> None:
    said = terms("weather")
    first, _ = await propose(pair, pair.hers, said)
    assert await due(look) == {("proposal", pair.ben)}
    # Sent again, as after a reply that was lost: it is the same proposal.
    assert await sends(pair.hers, "agreements.propose", pair=pair.id, id=first, terms=said, answers=None) is None
    assert await due(look) == set()
    # A changed one is one more, and so is an answer to it.
    second, _ = await propose(pair, pair.hers, terms("note"))
    assert await due(look) == {("proposal", pair.ben)}
    answer, _ = await propose(pair, pair.his, terms("nothing"), answers=second)
    assert await due(look) == {("proposal", pair.ada)}
    assert await sends(pair.hers, "agreements.accept", pair=pair.id, id=answer) is None
    assert await due(look) == {("agreed", pair.ben)}
    assert await sends(pair.hers, "agreements.accept", pair=pair.id, id=answer) == "proposal-gone"
    assert await due(look) == set()
    # One agrees, and proposes something else later.
    await propose(pair, pair.hers, terms("checked-in"))
    assert await due(look) == {("proposal", pair.ben)}


async def test_who_shares_less_or_says_no_tells_nobody(pair: Pair, look: asyncpg.Connection) -> None:
    await agree(pair, hers="note", his="nothing")
    proposal, _ = await propose(pair, pair.his, terms("weather"))
    await due(look)
    assert await sends(pair.hers, "agreements.decline", pair=pair.id, id=proposal) is None
    assert await sends(pair.hers, "agreements.narrow", pair=pair.id, level="checked-in") is None
    assert await due(look) == set()


async def test_of_many_proposals_each_device_hears_once(
    pair: Pair, ada: Actor, ben: Actor, database: Database, look: asyncpg.Connection
) -> None:
    await subscribed(look, ada)
    his = {await subscribed(look, ben), await subscribed(look, ben)}
    for shares in ("weather", "feelings", "note"):
        await propose(pair, pair.hers, terms(shares))
    assert await wake_once(database, WAKES, NOW) == 1
    found = await deliveries(look)
    assert {(one["kind"], one["subscription_id"]) for one in found} == {("proposal", device) for device in his}
    assert len({one["key"] for one in found}) == 1


async def test_it_says_nothing_of_what_is_shared_and_leads_to_the_agreement(
    pair: Pair, ben: Actor, look: asyncpg.Connection
) -> None:
    await propose(pair, pair.hers, terms("note", worried="Ring my sister."))
    bodies: list[str] = []
    for what in ("proposal", "agreed"):
        for language in ("en", "de"):
            sent = await decided(look, waiting(pair, ben, what, language))
            assert isinstance(sent, Send)
            assert sent.payload.path == f"/buddies/{pair.id}/agreement"
            assert sent.payload.leeward == {"kind": what, "key": "A" * 32, "pair": pair.id}
            assert (sent.payload.lang, sent.urgency, sent.payload.silent) == (language, "normal", False)
            bodies.append(sent.payload.body)
    assert bodies == [
        "A buddy proposes an agreement. Look when it suits you.",
        "Ein Buddy schlägt eine Abmachung vor. Schau, wann es dir passt.",
        "A buddy said yes. Your agreement holds now.",
        "Ein Buddy hat Ja gesagt. Eure Abmachung gilt jetzt.",
    ]


@pytest.mark.parametrize("how", ["declined", "withdrawn", "accepted", "answered"])
async def test_what_is_off_the_table_before_it_was_sent_is_not_told(
    pair: Pair, ben: Actor, look: asyncpg.Connection, how: str
) -> None:
    one = waiting(pair, ben, "proposal")
    assert await decided(look, one) == Drop("gone")
    proposal, _ = await propose(pair, pair.hers, terms("weather"))
    await pair.his.talk()
    assert isinstance(await decided(look, one), Send)
    if how == "answered":
        assert (await propose(pair, pair.his, terms("note"), answers=proposal))[1] == []
    else:
        name = "agreements.accept" if how == "accepted" else "agreements.decline"
        phone = pair.hers if how == "withdrawn" else pair.his
        assert await sends(phone, name, pair=pair.id, id=proposal) is None
    assert await decided(look, one) == Drop("gone")


@pytest.mark.parametrize("what", ["proposal", "agreed"])
async def test_it_respects_what_each_wants_and_when_they_rest(
    pair: Pair, ben: Actor, look: asyncpg.Connection, what: What
) -> None:
    await propose(pair, pair.hers, terms("weather"))
    one = waiting(pair, ben, what)
    await chooses(pair, messages=False, signals=False, asks=False)
    assert isinstance(await decided(look, one), Send)
    await chooses(pair, agreements=False)
    assert await decided(look, one) == Drop("off")
    await chooses(pair, agreements=True, nameOnLockScreen=True)
    sent = await decided(look, one)
    assert isinstance(sent, Send)
    assert sent.payload.body.startswith("Ada ")

    pair.his.queue("reminding.set", {"zone": "Europe/Berlin", "quietFrom": "22:00", "quietTo": "10:00"})
    await pair.his.talk()
    ten = NOW + timedelta(hours=1)
    assert await decided(look, one) == Defer(ten, ten + timedelta(days=1))
    pair.his.queue("reminding.set", {"pausedUntil": "2026-11-24"})
    await pair.his.talk()
    assert await decided(look, one) == Defer(ten + timedelta(days=2), ten + timedelta(days=3))
    pair.his.queue("step_back.set", {"until": None})
    assert (await pair.his.talk()).refusals == []
    assert await decided(look, one) == Drop("resting")


async def test_who_has_parted_hears_of_no_agreement(
    pair: Pair, ben: Actor, database: Database, look: asyncpg.Connection
) -> None:
    await subscribed(look, ben)
    await propose(pair, pair.hers, terms("weather"))
    await wake_once(database, WAKES, NOW)
    assert len(await deliveries(look)) == 1
    assert await sends(pair.hers, "pairs.end", pair=pair.id) is None
    assert await decided(look, waiting(pair, ben, "proposal")) == Drop("parted")
    assert await deliveries(look) == []


async def test_the_day_to_look_at_it_again_goes_by_the_same_choice(
    pair: Pair, ben: Actor, look: asyncpg.Connection
) -> None:
    one = waiting(pair, ben, "agreement_review")
    assert isinstance(await decided(look, one), Send)
    await chooses(pair, agreements=False)
    assert await decided(look, one) == Drop("off")


async def test_a_stranger_who_proposes_tells_nobody(
    town: Town, pair: Pair, cleo: Actor, look: asyncpg.Connection
) -> None:
    stranger = town.phone(cleo)
    given = {"pair": pair.id, "id": str(uuid4()), "terms": terms("note"), "answers": None}
    assert await sends(stranger, "agreements.propose", **given) == "not-yours"
    assert await look.fetchval("SELECT count(*) FROM due WHERE space_id = $1", UUID(pair.id)) == 0


async def test_choices_of_before_stay_and_agreements_are_told_until_somebody_chooses(
    pair: Pair, database: Database, look: asyncpg.Connection
) -> None:
    await chooses(pair, messages=False)
    new = "2026-11-22T23:30:00:000000"
    await look.execute("ALTER TABLE pair_choice DROP COLUMN agreements")
    await look.execute("DELETE FROM migration WHERE name = $1", new)
    assert await migrate_database(database) == [new]
    [row] = await look.fetch("SELECT messages, agreements FROM pair_choice")
    assert (row["messages"], row["agreements"]) == (False, True)
