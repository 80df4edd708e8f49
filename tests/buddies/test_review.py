"""On the day that two agreed on, each is asked at ten in their morning to look at the agreement again."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import asyncpg
import pytest

from app.buddies import review
from app.buddies.waking import WAKES
from app.db import Database
from app.push.kinds import Send
from app.spaces.actor import Actor
from app.worker.waker import wake_once
from tests.buddies.conftest import Pair, Town
from tests.buddies.test_agreements import propose, terms, were_told
from tests.buddies.test_pushes import decided, waiting
from tests.reminders.conftest import look
from tests.reminders.test_waking import deliveries, subscribed

__all__ = ["look"]

NEW_YORK = datetime.fromisoformat("2027-03-14T10:00:00-04:00")
"""The very day on which the clocks there go forward."""
BERLIN = datetime.fromisoformat("2027-03-14T10:00:00+01:00")


@pytest.fixture
async def pair(town: Town, ada: Actor, ben: Actor) -> Pair:
    pair = await town.two_phones(ada, ben)
    pair.hers.queue("reminding.set", {"zone": "America/New_York"})
    pair.his.queue("reminding.set", {"zone": "Europe/Berlin"})
    await pair.hers.talk()
    await pair.his.talk()
    return pair


async def agree_until(pair: Pair, day: str | None) -> None:
    proposal, refused = await propose(pair, pair.hers, terms(reviewOn=day))
    assert refused == []
    await pair.his.talk()
    pair.his.queue("agreements.accept", {"pair": pair.id, "id": proposal})
    assert (await pair.his.talk()).refusals == []
    await pair.hers.talk()
    await were_told(pair)


async def due(look: asyncpg.Connection) -> dict[UUID, datetime]:
    rows = await look.fetch("SELECT subject, due_at FROM due WHERE kind = $1", review.NAME)
    return {row["subject"]: row["due_at"] for row in rows}


async def test_each_is_asked_by_their_own_clock(
    pair: Pair, ada: Actor, ben: Actor, database: Database, look: asyncpg.Connection
) -> None:
    hers, his = await subscribed(look, ada), await subscribed(look, ben)
    await agree_until(pair, "2027-03-14")
    assert await due(look) == {UUID(pair.ada): NEW_YORK, UUID(pair.ben): BERLIN}
    assert await wake_once(database, WAKES, BERLIN - timedelta(seconds=1)) == 0
    assert await wake_once(database, WAKES, BERLIN) == 1
    assert [one["subscription_id"] for one in await deliveries(look)] == [his]
    assert await wake_once(database, WAKES, NEW_YORK) == 1
    assert [one["subscription_id"] for one in await deliveries(look)] == [his, hers]
    assert await due(look) == {}
    for language, says in (("en", "Time to look at an agreement"), ("de", "Zeit, eine Abmachung")):
        sent = await decided(look, waiting(pair, ben, "agreement_review", language), BERLIN)
        assert isinstance(sent, Send)
        assert sent.payload.body.startswith(says)
        assert (sent.urgency, sent.payload.path) == ("normal", f"/buddies/{pair.id}")


async def test_only_what_both_said_yes_to_counts_and_the_last_of_it(pair: Pair, look: asyncpg.Connection) -> None:
    await propose(pair, pair.hers, terms(reviewOn="2027-03-14"))
    assert await due(look) == {}
    await agree_until(pair, "2027-03-14")
    await agree_until(pair, "2027-06-01")
    assert {at.date().isoformat() for at in (await due(look)).values()} == {"2027-06-01"}
    await agree_until(pair, None)
    assert await due(look) == {}


async def test_a_day_that_is_over_asks_nobody(pair: Pair, look: asyncpg.Connection) -> None:
    await agree_until(pair, "2026-11-01")
    assert await due(look) == {}


async def test_the_end_of_the_pair_is_the_end_of_it(pair: Pair, look: asyncpg.Connection) -> None:
    await agree_until(pair, "2027-03-14")
    pair.hers.queue("pairs.end", {"pair": pair.id})
    await pair.hers.talk()
    assert await due(look) == {}


async def test_somebody_without_reminders_is_asked_where_their_phone_gets_pushes(
    town: Town, ada: Actor, cleo: Actor, look: asyncpg.Connection
) -> None:
    await subscribed(look, cleo)
    await look.execute("UPDATE push_subscription SET zone = 'Asia/Tokyo'")
    other = await town.two_phones(ada, cleo)
    await agree_until(other, "2027-03-14")
    assert await due(look) == {
        UUID(other.ben): datetime.fromisoformat("2027-03-14T10:00:00+09:00"),
        UUID(other.ada): datetime.fromisoformat("2027-03-14T10:00:00+00:00"),
    }
