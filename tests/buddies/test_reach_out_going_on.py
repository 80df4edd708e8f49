"""What comes of a reach-out: answers, who is asked next, and what ends it."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from app.accounts.service import Accounts, Passwords
from app.asgi import push_kinds
from app.buddies import reach_out_rules as rules
from app.db import Database
from tests.buddies.company import T0, Company, Friend, ben, company, dan, hers
from tests.push.conftest import harbour, keys, pushes, until

__all__ = ["ben", "company", "dan", "harbour", "keys", "pushes"]

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize("answer", ["cant", "later"])
async def test_it_goes_on_at_once_when_somebody_cannot(company: Company, ben: Friend, dan: Friend, answer: str) -> None:
    id_, _ = await company.reaches_out(ben, dan)
    await ben.answers(answer, T0 + MINUTE)
    await company.wake(T0 + MINUTE)
    assert await company.standing(id_) == ("open", ["asked", "asked"])
    asked = await ben.ask()
    assert asked is not None
    assert (asked["state"], asked["answer"]) == ("passed", answer)
    assert (await dan.ask() or {})["state"] == "open"
    ada = await hers(company)
    assert sorted(str(row["answer"]) for row in ada.living("ask").values()) == sorted([answer, "None"])


async def test_it_goes_on_after_the_minutes_and_not_before(company: Company, ben: Friend, dan: Friend) -> None:
    id_, _ = await company.reaches_out(ben, dan, minutes=2)
    await company.wake(T0 + 2 * MINUTE - timedelta(seconds=1))
    assert await company.standing(id_) == ("open", ["asked", "waiting"])
    await company.wake(T0 + 2 * MINUTE)
    assert await company.standing(id_) == ("open", ["asked", "asked"])
    assert (await ben.ask() or {})["state"] == "passed"
    await company.wake(T0 + 4 * MINUTE)
    assert await company.standing(id_) == ("nobody", ["asked", "asked"])


async def test_a_late_no_takes_nobody_elses_turn_away(company: Company, ben: Friend, dan: Friend) -> None:
    id_, _ = await company.reaches_out(ben, dan, minutes=2)
    await ben.ask()
    await company.wake(T0 + 2 * MINUTE)
    await ben.answers("cant", T0 + 3 * MINUTE)
    await company.wake(T0 + 3 * MINUTE)
    assert await company.standing(id_) == ("open", ["asked", "asked"])
    assert (await dan.ask() or {})["state"] == "open"
    await company.wake(T0 + 4 * MINUTE)
    assert await company.standing(id_) == ("nobody", ["asked", "asked"])


async def test_a_push_that_comes_too_late_is_not_shown(company: Company, ben: Friend, dan: Friend) -> None:
    await company.reaches_out(ben, dan, minutes=2)
    await company.wake(T0 + 2 * MINUTE)
    async with company.harbour.delivering(*push_kinds()):
        await until(company.harbour.all_done)
    assert await company.pushed_to(ben) == []
    assert len(await company.pushed_to(dan)) == 1


async def test_found_it_stops_and_whoever_was_asked_too_is_told_that_it_is_no_longer_needed(
    company: Company, ben: Friend, dan: Friend
) -> None:
    id_, _ = await company.reaches_out(ben, dan)
    async with company.harbour.delivering(*push_kinds()):
        await until(lambda: company.pushed_to(ben))
        await until(company.harbour.all_done)
        await company.wake(T0 + 5 * MINUTE)
        await dan.answers("can", T0 + 6 * MINUTE)
        await company.wake(T0 + 6 * MINUTE)
        assert await company.standing(id_) == ("found", ["asked", "asked"])
        asked, over = await until(lambda: len_is(company, ben, 2))
        await until(company.harbour.all_done)
    assert (await ben.ask() or {})["state"] == "ended"
    dans = await dan.ask()
    assert dans is not None
    assert (dans["state"], dans["answer"]) == ("open", "can")
    # It stands in for the one on the lock screen, in silence, and names nobody.
    shown = over.message["notification"]
    assert (over.topic, shown["tag"]) == (asked.topic, asked.message["notification"]["tag"])
    assert (shown["body"], shown["silent"]) == ("No longer needed. Thank you.", True)
    await company.wake(T0 + timedelta(hours=2))
    assert await company.standing(id_) == ("found", ["asked", "asked"])


async def len_is(company: Company, friend: Friend, number: int) -> list[object] | None:
    pushed = await company.pushed_to(friend)
    return list(pushed) if len(pushed) == number else None


async def test_the_asker_hears_of_an_answer_also_in_her_own_quiet_hours(company: Company, ben: Friend) -> None:
    await company.harbour.session(company.ada)
    device = await company.harbour.subscribe(company.ada)
    phone = await hers(company)
    phone.queue("reminding.set", {"zone": "UTC", "quietFrom": "00:00", "quietTo": "23:59"})
    await phone.talk()
    await company.reaches_out(ben)
    await ben.answers("can", T0 + MINUTE)
    await company.wake(T0 + MINUTE)
    async with company.harbour.delivering(*push_kinds()):
        await until(company.harbour.all_done)
    path = device.endpoint.removeprefix(company.harbour.pushes.origin)
    [push] = [received for received in company.harbour.pushes.received if received.path == path]
    assert push.message["notification"]["body"] == "A buddy answered you."
    assert "can" not in push.message["notification"]["body"].split()


@pytest.mark.parametrize("how", ["pairs.end", "pairs.block"])
async def test_ended_or_blocked_while_it_is_out_the_next_one_is_asked(
    company: Company, ben: Friend, dan: Friend, how: str
) -> None:
    id_, _ = await company.reaches_out(ben, dan)
    await ben.phone.talk()
    ben.phone.queue(how, {"pair": ben.pair.id})
    reply = await ben.phone.talk()
    assert reply.refusals == []
    assert ben.space not in {space.id for space in reply.spaces}
    await company.wake(T0 + timedelta(seconds=1))
    assert await company.standing(id_) == ("open", ["asked"])
    assert await dan.ask() is not None
    assert ben.pair.id not in repr((await hers(company)).living("reach_out"))
    # Blocked, they are not asked anew, and she only learns that there is nobody.
    again, standing = await company.reaches_out(ben)
    assert (standing.state, standing.parts) == ("nobody", [])
    assert await company.standing(again) == ("nobody", [])


async def test_a_buddy_who_deletes_their_account_while_it_is_out_leaves_nothing_and_the_next_is_asked(
    company: Company, ben: Friend, dan: Friend, database: Database
) -> None:
    id_, _ = await company.reaches_out(ben, dan)
    await Accounts(database, Passwords(), lambda _: None).delete(ben.actor, "ben", now=T0)
    await company.wake(T0 + timedelta(seconds=1))
    assert await company.standing(id_) == ("open", ["asked"])
    async with database.connection() as connection:
        assert await connection.fetchval("SELECT count(*) FROM reach_out_part WHERE pair_id = $1", ben.space) == 0
        assert await connection.fetchval("SELECT count(*) FROM ask WHERE space_id = $1", ben.space) == 0


async def test_the_asker_who_deletes_her_account_while_it_is_out_leaves_nothing(
    company: Company, ben: Friend, dan: Friend, database: Database
) -> None:
    await company.reaches_out(ben, dan)
    await ben.ask()
    await Accounts(database, Passwords(), lambda _: None).delete(company.ada, "ada", now=T0)
    await company.wake(T0 + 5 * MINUTE)
    # What ben tapped on his lock screen meanwhile is nobody's, and nothing of it needs a look.
    [ask] = ben.phone.living("ask")
    ben.phone.queue("asks.answer", {"pair": ben.pair.id, "id": str(ask), "answer": "can"})
    assert (await ben.phone.talk()).refusals == []
    async with database.connection() as connection:
        for table in ("reach_out", "reach_out_part", "ask", "due", "push_delivery"):
            assert await connection.fetchval(f"SELECT count(*) FROM {table}") == 0, table


async def test_taken_back_nobody_is_asked_any_more(company: Company, ben: Friend, dan: Friend) -> None:
    id_, _ = await company.reaches_out(ben, dan)
    await company.reach_outs.take_back(company.ada, id_, now=T0 + MINUTE)
    await company.wake(T0 + 5 * MINUTE)
    assert await company.standing(id_) == ("ended", ["asked", "waiting"])
    assert (await ben.ask() or {})["state"] == "ended"
    assert await dan.ask() is None
    async with company.harbour.delivering(*push_kinds()):
        await until(company.harbour.all_done)
    assert await company.pushed_to(ben) == [], "what was not shown yet is not shown at all"
    await company.reach_outs.take_back(company.ada, id_, now=T0 + 2 * MINUTE)


async def test_taken_back_before_it_came_it_reaches_nobody(company: Company, ben: Friend) -> None:
    id_ = uuid4()
    await company.reach_outs.take_back(company.ada, id_, now=T0)
    _, standing = await company.reaches_out(ben, id_=id_)
    assert standing.state == "ended"
    assert await ben.ask() is None


async def test_a_new_one_ends_the_one_before(company: Company, ben: Friend, dan: Friend) -> None:
    first, _ = await company.reaches_out(ben)
    second, _ = await company.reaches_out(dan, at=T0 + MINUTE)
    assert await company.standing(first) == ("ended", ["asked"])
    assert await company.standing(second) == ("open", ["asked"])
    assert (await ben.ask() or {})["state"] == "ended"


async def test_a_late_yes_still_counts(company: Company, ben: Friend, dan: Friend) -> None:
    id_, _ = await company.reaches_out(ben, dan)
    await ben.ask()
    await company.wake(T0 + 5 * MINUTE)
    await company.wake(T0 + 10 * MINUTE)
    assert (await company.standing(id_))[0] == "nobody"
    await ben.answers("can", T0 + timedelta(hours=1))
    await company.wake(T0 + timedelta(hours=1))
    assert (await company.standing(id_))[0] == "found"
    assert (await dan.ask() or {})["state"] == "ended"


async def test_a_late_answer_to_what_has_ended_is_kept_and_changes_nothing(
    company: Company, ben: Friend, dan: Friend
) -> None:
    id_, _ = await company.reaches_out(ben, dan)
    await ben.ask()
    await company.reach_outs.take_back(company.ada, id_, now=T0 + MINUTE)
    await ben.answers("can", T0 + 2 * MINUTE)
    await company.wake(T0 + 2 * MINUTE)
    assert (await company.standing(id_))[0] == "ended"
    asked = await ben.ask()
    assert asked is not None
    assert (asked["state"], asked["answer"]) == ("ended", "can")


async def test_an_answer_can_be_changed_but_for_yes(company: Company, ben: Friend) -> None:
    await company.reaches_out(ben)
    for said, counts in (("later", "later"), ("cant", "cant"), ("can", "can"), ("cant", "can")):
        await ben.answers(said, T0 + MINUTE)
        assert (await ben.ask() or {})["answer"] == counts


async def test_an_outage_asks_nobody_long_afterwards(company: Company, ben: Friend, dan: Friend) -> None:
    id_, _ = await company.reaches_out(ben, dan)
    await company.wake(T0 + timedelta(hours=3))
    assert await company.standing(id_) == ("nobody", ["asked", "waiting"])
    assert await dan.ask() is None


async def test_after_a_day_nothing_is_left_of_it_on_either_side(company: Company, ben: Friend, dan: Friend) -> None:
    await company.reaches_out(ben, dan)
    await ben.answers("can", T0 + MINUTE)
    await company.wake(T0 + MINUTE)
    await company.wake(T0 + rules.REMEMBERED)
    phone = await hers(company)
    assert phone.living("reach_out") == phone.living("ask") == {}
    assert await ben.ask() is None
    rows = await company.harbour.rows("SELECT want, answer FROM ask")
    assert {(row["want"], row["answer"]) for row in rows} == {(None, None)}
    for table in ("reach_out_part", "due"):
        assert await company.harbour.rows(f"SELECT * FROM {table}") == [], table
