"""What happens at once around a reach-out: said twice, by two phones, by two buddies, by each of the two."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import uuid4

from app.buddies.service import ReachOuts
from tests.buddies.company import T0, Company, Friend, ben, company, dan, hers
from tests.push.conftest import harbour, keys, pushes

__all__ = ["ben", "company", "dan", "harbour", "keys", "pushes"]

MINUTE = timedelta(minutes=1)


async def test_put_twice_it_is_one_reach_out(company: Company, ben: Friend, dan: Friend) -> None:
    id_, first = await company.reaches_out(ben, dan)
    # The phone had no answer; meanwhile it went on. Too old by now, but it is there.
    await company.wake(T0 + 5 * MINUTE)
    _, second = await company.reaches_out(ben, dan, id_=id_, at=T0 + 6 * MINUTE, waited=timedelta(hours=1))
    assert first.state == second.state == "open"
    assert [state for _, state in second.parts] == ["asked", "asked"]
    assert len((await hers(company)).living("ask")) == 2


async def test_two_phones_that_put_the_same_at_once_ask_once(company: Company, ben: Friend) -> None:
    id_ = uuid4()
    await asyncio.gather(*(company.reaches_out(ben, id_=id_) for _ in range(4)))
    assert len((await hers(company)).living("ask")) == 1


async def test_two_who_say_yes_at_once_are_both_heard_and_nobody_is_refused(
    company: Company, ben: Friend, dan: Friend
) -> None:
    id_, _ = await company.reaches_out(ben, dan)
    await ben.ask()
    await company.wake(T0 + 5 * MINUTE)
    at = T0 + 6 * MINUTE
    await asyncio.gather(ben.answers("can", at), dan.answers("can", at))
    await asyncio.gather(company.wake(at), company.wake(at), company.wake(at))
    assert (await company.standing(id_))[0] == "found"
    answers = {row["answer"] for row in (await hers(company)).living("ask").values()}
    assert answers == {"can"}


async def test_the_first_to_say_yes_ends_it_for_who_says_it_after(company: Company, ben: Friend, dan: Friend) -> None:
    await company.reaches_out(ben, dan)
    await ben.ask()
    await company.wake(T0 + 5 * MINUTE)
    await dan.answers("can", T0 + 6 * MINUTE)
    await company.wake(T0 + 6 * MINUTE)
    await ben.answers("can", T0 + 7 * MINUTE)
    await company.wake(T0 + 7 * MINUTE)
    bens = await ben.ask()
    assert bens is not None
    assert (bens["state"], bens["answer"]) == ("ended", "can")


async def test_two_who_reach_out_to_each_other_at_once_both_go_on(company: Company, ben: Friend) -> None:
    await company.harbour.session(company.ada)
    await company.harbour.subscribe(company.ada)
    back = ReachOuts(company.database, company.told)
    his = Company(company.town, company.harbour, company.member, ben.actor, back)
    await asyncio.gather(company.reaches_out(ben, minutes=2), his.reaches_out(ben, minutes=2))
    await asyncio.gather(company.wake(T0 + 2 * MINUTE), company.wake(T0 + 2 * MINUTE))
    await company.wake(T0 + 2 * MINUTE + timedelta(seconds=2))
    states = {row["state"] for row in await company.harbour.rows("SELECT state FROM reach_out")}
    assert states == {"nobody"}
    versions = await company.harbour.rows("SELECT version FROM ask ORDER BY version")
    assert len({row["version"] for row in versions}) == 2
    asker = company.town.phone(company.ada)
    await asker.talk()
    assert {row["state"] for row in asker.living("ask").values()} == {"passed"}


async def test_a_space_that_is_being_written_in_is_waited_for_without_a_lock(
    company: Company, ben: Friend, dan: Friend
) -> None:
    id_, _ = await company.reaches_out(ben, dan, minutes=2)
    at = T0 + 2 * MINUTE
    async with company.database.connection() as other:
        transaction = other.transaction()
        await transaction.start()
        await other.execute("SELECT 1 FROM space WHERE id = $1 FOR UPDATE", dan.space)
        await company.wake(at)
        assert await company.standing(id_) == ("open", ["asked", "waiting"])
        await transaction.rollback()
    await company.wake(at + timedelta(seconds=1))
    assert await company.standing(id_) == ("open", ["asked", "asked"])


async def test_what_a_pair_gets_has_versions_without_gaps(company: Company, ben: Friend, dan: Friend) -> None:
    await company.reaches_out(ben, dan)
    await ben.answers("cant", T0 + MINUTE)
    await company.wake(T0 + MINUTE)
    await dan.answers("can", T0 + 2 * MINUTE)
    await company.wake(T0 + 2 * MINUTE)
    for friend in (ben, dan):
        # Having followed all along, a phone has the same as one that comes new.
        await friend.phone.talk()
        fresh = company.town.phone(friend.actor)
        await fresh.talk()
        assert fresh.living("ask") == friend.phone.living("ask")
