from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.accounts.service import Accounts, Passwords
from app.asgi import registry
from app.db import Database
from app.demo import rules, service
from app.demo.rules import ADA, BEN, Person

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize("person", [ADA, BEN])
@pytest.mark.parametrize("until", [NOW, datetime(2026, 4, 1, 0, 5, tzinfo=UTC)])
def test_the_story_is_four_months_long_ends_today_and_is_told_in_order(person: Person, until: datetime) -> None:
    story = list(rules.months_of(person, until, "seed"))
    assert 40 < len(story) < 250
    assert max(told.happened_at for told in story) <= until
    assert min(told.happened_at for told in story) > until - timedelta(days=rules.DAYS + 1)
    assert {told.mood for told in story} == {1, 2, 3, 4, 5}
    assert [told.happened_at for told in story] == sorted(told.happened_at for told in story)


def test_the_same_seed_tells_the_same_story() -> None:
    first, again, other = (list(rules.months_of(ADA, NOW, seed)) for seed in ("a", "a", "b"))
    assert first == again != other


async def test_it_fills_an_empty_database_and_touches_nothing_the_second_time(database: Database) -> None:
    members = Accounts(database, Passwords(memory_kib=64), end_session=lambda _: None)
    filled = [await service.fill(database, registry(), members, NOW) for _ in range(2)]
    assert filled == [True, False]
    async with database.connection() as connection:
        names = await connection.fetch("SELECT name FROM account ORDER BY name")
        refused = await connection.fetchval("SELECT count(*) FROM sync_refusal")
        written = await connection.fetchval("SELECT count(*) FROM check_in")
    assert [row["name"] for row in names] == ["ada", "ben"]
    assert refused == 0
    assert written == sum(len(list(rules.months_of(person, NOW, "leeward"))) for person in (ADA, BEN))
