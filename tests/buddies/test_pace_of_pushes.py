"""Whoever shares or proposes again and again makes no phone buzz each time; what is shared follows all the same."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg
import pytest

from app.buddies.rules import PACE_WITHIN
from app.buddies.waking import WAKES
from app.db import Database
from app.push.kinds import Drop, Send
from app.spaces.actor import Actor
from app.worker.waker import wake_once
from tests.buddies.conftest import DECIDES, Pair, Town
from tests.buddies.test_agreements import agree, propose, terms
from tests.buddies.test_pushes import chooses, waiting_of
from tests.buddies.test_sharing import seen, shares
from tests.buddies.test_talking import sends
from tests.reminders.test_waking import deliveries, subscribed
from tests.sync.phone import NOW

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def look(database: Database) -> AsyncGenerator[asyncpg.Connection]:
    """A connection beside the server's, to see what stands in the tables."""
    async with database.connection() as connection:
        yield connection


@pytest.fixture
async def pair(town: Town, ada: Actor, ben: Actor, look: asyncpg.Connection) -> Pair:
    """Two who have agreed; ben has a device, and wants to hear of what ada shares."""
    pair = await town.two_phones(ada, ben)
    await agree(pair, hers="note", his="nothing")
    await subscribed(look, ben)
    await chooses(pair, sharedCheckIns=True)
    return pair


async def told(look: asyncpg.Connection) -> list[datetime]:
    """When ben was told, the earliest first."""
    return [one["due_at"] for one in await deliveries(look)]


async def goes_to(database: Database, pair: Pair, moment: datetime) -> None:
    """It is this late, and what is due is woken."""
    pair.hers.now = pair.his.now = moment
    await wake_once(database, WAKES, moment)


async def test_one_shared_check_in_edited_again_and_again_is_told_once_and_followed_each_time(
    pair: Pair, database: Database, look: asyncpg.Connection
) -> None:
    mine = await shares(pair, "note", mood=1)
    await goes_to(database, pair, NOW)
    for minute in range(1, 30):
        await goes_to(database, pair, NOW + minute * MINUTE)
        mood = minute % 5 + 1
        assert await sends(pair.hers, "check_ins.edit", id=mine, mood=mood, note=f"edit {minute}") is None
        # Also taken back in between, and shared again.
        if minute % 3 == 0:
            assert await sends(pair.hers, "shared_check_ins.take_back", pair=pair.id, id=mine) is None
            assert await sends(pair.hers, "shared_check_ins.share", pair=pair.id, id=mine, level="note") is None
        await pair.his.talk()
        assert [(one["mood"], one["note"]) for one in seen(pair)] == [(mood, f"edit {minute}")]
    await goes_to(database, pair, NOW + timedelta(hours=2))
    assert await told(look) == [NOW]


async def test_of_many_check_ins_the_first_is_told_at_once_and_the_last_when_ten_minutes_are_over(
    pair: Pair, database: Database, look: asyncpg.Connection
) -> None:
    for minute in range(8):
        await goes_to(database, pair, NOW + minute * MINUTE)
        await shares(pair, "note")
        await goes_to(database, pair, NOW + minute * MINUTE)
    assert len(seen(pair)) == 8, "nothing of it is refused, or late"
    assert await told(look) == [NOW]
    await goes_to(database, pair, NOW + PACE_WITHIN - timedelta(seconds=1))
    assert await told(look) == [NOW]
    await goes_to(database, pair, NOW + PACE_WITHIN)
    await goes_to(database, pair, NOW + timedelta(hours=2))
    assert await told(look) == [NOW, NOW + PACE_WITHIN]
    await shares(pair, "note")
    await goes_to(database, pair, NOW + timedelta(hours=2))
    assert await told(look) == [NOW, NOW + PACE_WITHIN, NOW + timedelta(hours=2)]


@pytest.mark.parametrize("stays", [True, False])
async def test_what_waited_for_its_pace_is_told_only_while_it_is_there(
    pair: Pair, ben: Actor, database: Database, look: asyncpg.Connection, *, stays: bool
) -> None:
    await shares(pair, "note")
    await goes_to(database, pair, NOW)
    await goes_to(database, pair, NOW + MINUTE)
    second = await shares(pair, "note")
    if not stays:
        assert await sends(pair.hers, "shared_check_ins.take_back", pair=pair.id, id=second) is None
    await goes_to(database, pair, NOW + MINUTE)
    await goes_to(database, pair, NOW + PACE_WITHIN)
    last = (await deliveries(look))[-1]
    assert last["due_at"] == NOW + PACE_WITHIN
    (decision,) = await DECIDES["shared_check_in"](look, [waiting_of(last, ben)], NOW + PACE_WITHIN)
    assert isinstance(decision, Send) if stays else decision == Drop("gone")


async def test_proposals_go_at_the_same_pace_and_one_that_was_never_told_holds_up_none(
    pair: Pair, database: Database, look: asyncpg.Connection
) -> None:
    await propose(pair, pair.hers, terms("weather"))
    await goes_to(database, pair, NOW)
    await goes_to(database, pair, NOW + MINUTE)
    await propose(pair, pair.hers, terms("feelings"))
    await goes_to(database, pair, NOW + MINUTE)
    await propose(pair, pair.hers, terms("note"))
    await goes_to(database, pair, NOW + MINUTE)
    await goes_to(database, pair, NOW + PACE_WITHIN)
    assert await told(look) == [NOW, NOW + PACE_WITHIN]
    # Taken off the table before it was sent, it was none.
    await look.execute("UPDATE push_delivery SET state = 'dropped', reason = 'gone', finished_at = due_at")
    await goes_to(database, pair, NOW + PACE_WITHIN + MINUTE)
    await propose(pair, pair.hers, terms("weather"))
    await goes_to(database, pair, NOW + PACE_WITHIN + MINUTE)
    assert (await told(look))[-1] == NOW + PACE_WITHIN + MINUTE


async def test_the_pace_of_one_pair_is_not_that_of_another(
    town: Town, pair: Pair, ada: Actor, cleo: Actor, database: Database, look: asyncpg.Connection
) -> None:
    other = await town.two_phones(ada, cleo)
    await subscribed(look, cleo)
    await propose(pair, pair.hers, terms("weather"))
    await goes_to(database, pair, NOW)
    other.hers.now = NOW + MINUTE
    assert (await propose(other, other.hers, terms("weather")))[1] == []
    await goes_to(database, pair, NOW + MINUTE)
    assert [(one["space_id"], one["due_at"]) for one in await deliveries(look)] == [
        (UUID(pair.id), NOW),
        (UUID(other.id), NOW + MINUTE),
    ]
