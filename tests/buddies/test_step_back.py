"""Stepping back: nothing of any buddy's comes for a time, and nobody is told."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from app.buddies.rest import resting
from app.buddies.step_back_rows import STEP_BACK_ID
from app.db import Database
from app.spaces.actor import Actor
from tests.buddies.conftest import Pair, Town
from tests.sync.phone import NOW, Phone

DAY = timedelta(days=1)


@pytest.fixture
async def pair(town: Town, ada: Actor, ben: Actor) -> Pair:
    return await town.two_phones(ada, ben)


async def says(phone: Phone, until: datetime | None) -> list[str]:
    phone.queue("step_back.set", {"until": None if until is None else until.isoformat()})
    return [refusal.reason for refusal in (await phone.talk()).refusals]


async def rest_of(database: Database, actor: Actor, now: datetime = NOW) -> object:
    async with database.connection() as connection:
        return (await resting(connection, {actor.account_id}, now)).get(actor.account_id)


async def test_it_holds_until_then_and_ends_by_itself(pair: Pair, ben: Actor, database: Database) -> None:
    assert await says(pair.his, NOW + DAY) == []
    assert await rest_of(database, ben) == NOW + DAY
    assert await rest_of(database, ben, NOW + DAY - timedelta(seconds=1)) == NOW + DAY
    assert await rest_of(database, ben, NOW + DAY) is None
    assert list(pair.his.living("step_back")) == [STEP_BACK_ID]


async def test_until_i_say_holds_until_then(pair: Pair, ben: Actor, database: Database) -> None:
    assert await says(pair.his, None) == []
    assert await rest_of(database, ben, NOW + 100 * DAY) == "open-ended"
    pair.his.queue("step_back.end", {})
    pair.his.queue("step_back.end", {})
    assert (await pair.his.talk()).refusals == []
    assert await rest_of(database, ben) is None
    assert pair.his.living("step_back") == {}


async def test_saying_it_again_replaces_it(pair: Pair, ben: Actor, database: Database) -> None:
    await says(pair.his, None)
    await says(pair.his, NOW + DAY)
    assert await rest_of(database, ben) == NOW + DAY


async def test_the_other_never_learns_of_it(pair: Pair, ada: Actor, database: Database) -> None:
    before = repr((await pair.hers.talk()).rows)
    await says(pair.his, NOW + DAY)
    reply = await pair.hers.talk()
    assert (reply.rows, pair.hers.living("step_back")) == ([], {})
    assert "step_back" not in before
    assert await rest_of(database, ada) is None


@pytest.mark.parametrize("off_by", [timedelta(days=-2), timedelta(days=2), timedelta(hours=-7)])
async def test_on_a_phone_whose_clock_is_wrong_it_lasts_as_long(
    pair: Pair, ben: Actor, database: Database, off_by: timedelta
) -> None:
    pair.his.clock_is_off_by = off_by
    assert await says(pair.his, NOW + off_by + DAY) == []
    assert await rest_of(database, ben) == NOW + DAY


async def test_back_in_the_middle_of_the_night_they_sleep_on(pair: Pair, ben: Actor, database: Database) -> None:
    pair.his.queue("reminding.set", {"zone": "UTC", "quietFrom": "22:00", "quietTo": "09:00"})
    await says(pair.his, NOW + timedelta(hours=16))
    assert await rest_of(database, ben) == NOW + timedelta(days=1, hours=1)


async def test_no_end_in_sight_but_a_year_is_until_i_say(pair: Pair) -> None:
    assert await says(pair.his, NOW + 401 * DAY) == ["invalid"]
