from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from msgspec import Struct

from app.accounts.limits import Bucket
from app.accounts.service import Accounts, Passwords
from app.accounts.tries import SIGN_UPS_OF_ADDRESS
from app.asgi import registry
from app.check_ins.mutations import Record
from app.db import Database
from app.demo import rules, service
from app.demo.rules import ADA, BEN, Person
from app.demo.words import SAID
from app.errors import TooMany
from app.sync.registry import Change, Mutation, Registry, own_journal

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


@pytest.fixture
def members(database: Database) -> Accounts:
    return Accounts(database, Passwords(memory_kib=64), end_session=lambda _: None)


async def told_in(database: Database) -> list[tuple[str, str]]:
    """Whose check-ins are there, and when they were."""
    async with database.connection() as connection:
        rows = await connection.fetch(
            "SELECT account.name, check_in.clock_time FROM check_in JOIN membership USING (space_id)"
            " JOIN account ON account.id = account_id ORDER BY account.name, check_in.happened_at, check_in.clock_time"
        )
        assert await connection.fetchval("SELECT count(*) FROM sync_refusal") == 0
    return [(row["name"], row["clock_time"]) for row in rows]


def told_by(people: list[Person]) -> list[tuple[str, str]]:
    return [
        (person.name, told.happened_at.isoformat(timespec="milliseconds"))
        for person in people
        for told in rules.months_of(person, NOW, "leeward")
    ]


def killed_after(check_ins: int) -> Registry:
    """A server that ends in the middle: it takes this many check-ins and no more."""
    whole = registry()
    record = whole.mutation("check_ins.record")
    taken = iter(range(check_ins))

    async def take(change: Change, args: Record) -> None:
        if next(taken, None) is None:
            raise KeyboardInterrupt
        await record.run(change, args)

    return Registry(whole.kinds, [Mutation("check_ins.record", Record, own_journal, take)])


def killed_in_the_pair_after(steps: int) -> Registry:
    """A server that ends while the two agree and talk, after so many changes of theirs."""
    whole = registry()
    taken = iter(range(steps))

    def mortal(mutation: Mutation[Any]) -> Mutation[Any]:
        async def run(change: Change, args: Struct) -> None:
            if next(taken, None) is None:
                raise KeyboardInterrupt
            await mutation.run(change, args)

        return Mutation(mutation.name, mutation.args, mutation.spaces, run)

    names = ("agreements.propose", "agreements.accept", "shared_check_ins.share", "signals.send", "messages.send")
    return Registry(
        whole.kinds, [whole.mutation("check_ins.record"), *(mortal(whole.mutation(name)) for name in names)]
    )


async def test_it_fills_an_empty_database_and_touches_nothing_the_second_time(
    database: Database, members: Accounts
) -> None:
    days = (NOW, NOW, NOW + timedelta(days=40))
    filled = [await service.fill(database, registry(), members, now) for now in days]
    assert filled == [True, False, False]
    assert await told_in(database) == told_by([ADA, BEN])


@pytest.mark.parametrize("check_ins", [0, 1, 100, 150, 200])
async def test_one_that_was_killed_half_way_is_filled_the_next_time_and_nothing_is_there_twice(
    database: Database, members: Accounts, check_ins: int
) -> None:
    with pytest.raises(KeyboardInterrupt):
        await service.fill(database, killed_after(check_ins), members, NOW)
    assert len(await told_in(database)) < len(told_by([ADA, BEN]))
    later = NOW + timedelta(days=3)
    assert await service.fill(database, registry(), members, later)
    # Ada's months end on the day she came; ben may have come only now.
    told = await told_in(database)
    assert [each for each in told if each[0] == "ada"] == told_by([ADA])
    assert len(set(told)) == len(told)
    assert {name for name, _ in told} == {"ada", "ben"}
    assert not await service.fill(database, registry(), members, later)


async def pairs_in(database: Database) -> list[UUID]:
    async with database.connection() as connection:
        rows = await connection.fetch("SELECT id FROM space WHERE kind = 'pair'")
        assert await connection.fetchval("SELECT count(*) FROM sync_refusal") == 0
    return [row["id"] for row in rows]


async def rows_in(database: Database) -> dict[str, int]:
    """What there is in pairs, by table."""
    tables = ("buddy", "agreement", "shared_check_in", "signal", "message")
    async with database.connection() as connection:
        return {table: await connection.fetchval(f"SELECT count(*) FROM {table} WHERE NOT deleted") for table in tables}


async def test_the_two_are_buddies_who_agreed_share_and_talk(database: Database, members: Accounts) -> None:
    assert await service.fill(database, registry(), members, NOW)
    assert len(await pairs_in(database)) == 1
    there = await rows_in(database)
    said = Counter(kind for _, _, kind, _ in SAID)
    assert (there["buddy"], there["agreement"]) == (2, 1)
    assert (there["signal"], there["message"]) == (said["signal"], said["message"])
    assert there["shared_check_in"] > 3
    async with database.connection() as connection:
        assert await connection.fetchval("SELECT max(sent_at) FROM message") < NOW
    assert not await service.fill(database, registry(), members, NOW)
    assert await rows_in(database) == there


@pytest.mark.parametrize("steps", [0, 1, 2, 9])
async def test_a_story_of_two_that_was_killed_goes_on_where_it_was(
    database: Database, members: Accounts, steps: int
) -> None:
    with pytest.raises(KeyboardInterrupt):
        await service.fill(database, killed_in_the_pair_after(steps), members, NOW)
    assert await service.fill(database, registry(), members, NOW)
    assert len(await pairs_in(database)) == 1
    assert (await rows_in(database))["message"] == Counter(kind for _, _, kind, _ in SAID)["message"]


async def test_a_pair_that_a_visitor_ended_stays_ended(database: Database, members: Accounts) -> None:
    await service.fill(database, registry(), members, NOW)
    async with database.connection() as connection:
        await connection.execute("DELETE FROM space WHERE kind = 'pair'")
    assert not await service.fill(database, registry(), members, NOW)
    assert await pairs_in(database) == []


async def test_what_a_visitor_changed_stays(database: Database, members: Accounts) -> None:
    assert await service.fill(database, registry(), members, NOW)
    async with database.connection() as connection:
        await connection.execute("DELETE FROM check_in")
        await connection.execute("UPDATE account SET password_hash = '-' WHERE name = 'ben'")
    assert not await service.fill(database, registry(), members, NOW)
    assert await told_in(database) == []


async def test_trouble_is_not_taken_for_being_there_already(database: Database, members: Accounts) -> None:
    async with database.connection() as connection:
        await connection.execute(
            "INSERT INTO rate_limit (bucket, empty_at) VALUES (bucket_of($1), $2)",
            Bucket(SIGN_UPS_OF_ADDRESS, b"demo").key,
            NOW + timedelta(days=1),
        )
    with pytest.raises(TooMany):
        await service.fill(database, registry(), members, NOW)
