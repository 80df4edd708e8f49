"""Somebody reaches out: who is asked, in which order, what each of them learns, and what comes of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from app.accounts.service import Accounts, Passwords
from app.asgi import push_kinds
from app.buddies import reach_out_rules as rules
from app.buddies.service import ReachOuts
from app.db import Database
from app.errors import Conflict, NotFound, TooMany
from app.spaces.actor import Actor
from tests.buddies.company import T0, Company, Friend
from tests.buddies.conftest import Told, Town
from tests.push.conftest import Harbour, harbour, keys, pushes, until
from tests.sync.fixtures import Member
from tests.sync.phone import Phone

__all__ = ["harbour", "keys", "pushes"]

MINUTE = timedelta(minutes=1)


@pytest.fixture
def company(town: Town, harbour: Harbour, member: Member, ada: Actor) -> Company:
    told = Told()
    return Company(town, harbour, member, ada, ReachOuts(harbour.database, told), told)


@pytest.fixture
async def ben(company: Company) -> Friend:
    return await company.friend("ben")


@pytest.fixture
async def dan(company: Company) -> Friend:
    return await company.friend("dan")


async def hers(company: Company) -> Phone:
    """Ada's phone, which knows everything that she may know."""
    phone = company.town.phone(company.ada)
    await phone.talk()
    return phone


async def test_the_first_is_asked_at_once_by_an_urgent_push_that_tells_nothing(
    company: Company, ben: Friend, dan: Friend
) -> None:
    id_, standing = await company.reaches_out(ben, dan, want="listen")
    assert (standing.state, standing.parts) == ("open", [(ben.space, "asked"), (dan.space, "waiting")])
    assert set(company.told.accounts) == {company.ada.account_id, ben.actor.account_id}, "whose phones should look"
    ask = await ben.ask()
    assert ask is not None
    assert (ask["by"], ask["want"], ask["state"], ask["answer"]) == (ben.pair.ada, "listen", "open", None)
    assert await dan.ask() is None
    async with company.harbour.delivering(*push_kinds()):
        [push] = await until(lambda: company.pushed_to(ben))
        await until(company.harbour.all_done)
    assert (push.urgency, push.ttl <= 300, push.ttl > 200) == ("high", True, True)
    shown = push.message["notification"]
    assert (shown["title"], shown["body"]) == ("Leeward", "Somebody would like company.")
    assert [action["title"] for action in shown["actions"]] == ["I can", "Can’t today", "Later today"]
    [asked] = ben.phone.living("ask")
    assert push.message["leeward"] | {"key": ""} == {
        "kind": "ask",
        "key": "",
        "pair": ben.pair.id,
        "ask": str(asked),
    }
    assert str(id_) not in repr(push.message)
    assert await company.pushed_to(dan) == []
    assert company.harbour.pushes.wrong == []


async def test_the_asker_finds_it_in_her_journal_on_every_phone(company: Company, ben: Friend, dan: Friend) -> None:
    id_, _ = await company.reaches_out(ben, dan, minutes=10)
    row = (await hers(company)).living("reach_out")[id_]
    assert (row["want"], row["minutes"], row["state"]) == ("sit", 10, "open")
    assert row["parts"] == [{"pair": ben.pair.id, "state": "asked"}, {"pair": dan.pair.id, "state": "waiting"}]


async def test_who_is_asked_learns_of_no_other_and_no_id_of_hers(company: Company, ben: Friend, dan: Friend) -> None:
    id_, _ = await company.reaches_out(ben, dan)
    await company.wake(T0 + 5 * MINUTE)
    await ben.ask()
    await dan.ask()
    for friend, other in ((ben, dan), (dan, ben)):
        everything = repr(friend.phone.rows)
        for secret in (id_, company.ada.journal_id, company.ada.account_id, other.pair.id, other.actor.account_id):
            assert str(secret) not in everything


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


async def step_back(friend: Friend) -> None:
    friend.phone.queue("step_back.set", {"until": None})


async def quiet(friend: Friend) -> None:
    friend.phone.queue("reminding.set", {"zone": "UTC", "quietFrom": "00:00", "quietTo": "23:59"})


async def asks_off(friend: Friend) -> None:
    friend.phone.queue("pair_choices.set", {"pair": friend.pair.id, "asks": False})


@pytest.mark.parametrize("leaves", [step_back, quiet, asks_off])
async def test_who_wants_peace_is_passed_over_and_nobody_is_told_why(
    company: Company, ben: Friend, dan: Friend, leaves: Callable[[Friend], Awaitable[None]]
) -> None:
    await leaves(ben)
    assert (await ben.phone.talk()).refusals == []
    id_, standing = await company.reaches_out(ben, dan)
    assert standing.parts == [(ben.space, "unreachable"), (dan.space, "asked")]
    assert await ben.ask() is None
    assert await company.waiting_for(ben) == []
    ada = await hers(company)
    assert ada.living("reach_out")[id_]["parts"][0] == {"pair": ben.pair.id, "state": "unreachable"}
    assert ada.living("step_back") == {}
    assert ada.living("pair_choice") == {}


async def test_who_has_no_device_or_has_not_agreed_yet_is_passed_over(company: Company) -> None:
    bare = await company.friend("bare", device=False)
    new = await company.friend("new", agreed=False)
    id_, standing = await company.reaches_out(bare, new)
    assert [state for _, state in standing.parts] == ["unreachable", "unreachable"]
    assert await company.standing(id_) == ("nobody", ["unreachable", "unreachable"])
    assert await bare.ask() is None


async def test_a_device_that_was_signed_out_is_none(company: Company, ben: Friend) -> None:
    await company.harbour.change("UPDATE session SET signed_out_at = now()")
    _, standing = await company.reaches_out(ben)
    assert [state for _, state in standing.parts] == ["unreachable"]


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


async def test_an_answer_can_be_changed_but_for_yes(company: Company, ben: Friend) -> None:
    await company.reaches_out(ben)
    for said, counts in (("later", "later"), ("cant", "cant"), ("can", "can"), ("cant", "can")):
        await ben.answers(said, T0 + MINUTE)
        assert (await ben.ask() or {})["answer"] == counts


async def test_nobody_answers_for_another(company: Company, ben: Friend, cleo: Actor) -> None:
    await company.reaches_out(ben)
    [ask] = (await hers(company)).living("ask")
    for actor in (company.ada, cleo):
        phone = company.town.phone(actor)
        phone.queue("asks.answer", {"pair": ben.pair.id, "id": str(ask), "answer": "can"})
        assert (await phone.talk()).refusals == []
    assert (await ben.ask() or {})["answer"] is None


async def test_an_outsider_reaches_nothing(company: Company, ben: Friend, cleo: Actor) -> None:
    id_, _ = await company.reaches_out(ben)
    # With the id of a pair of others she asks nobody, and learns nothing that a made-up id would not tell.
    for space in (ben, replace(ben, pair=replace(ben.pair, id=str(uuid4())))):
        hers_, standing = await company.reaches_out(space, actor=cleo)
        assert (standing.state, standing.parts) == ("nobody", [])
        await company.reach_outs.take_back(cleo, hers_, now=T0)
    with pytest.raises(NotFound):
        await company.reach_outs.standing(cleo, id_)
    await company.reach_outs.take_back(cleo, id_, now=T0)
    assert await company.standing(id_) == ("open", ["asked"])
    assert len((await hers(company)).living("ask")) == 1
    phone = company.town.phone(cleo)
    await phone.talk()
    assert phone.living("ask") == {}
    assert id_ not in phone.living("reach_out")


async def test_what_was_wanted_too_long_ago_is_refused_and_asks_nobody(company: Company, ben: Friend) -> None:
    with pytest.raises(Conflict, match="ten minutes"):
        await company.reaches_out(ben, waited=11 * MINUTE)
    assert await ben.ask() is None
    _, standing = await company.reaches_out(ben, waited=9 * MINUTE)
    assert standing.state == "open"


@pytest.mark.parametrize("off_by", [timedelta(days=-3), timedelta(hours=5)])
async def test_a_phone_whose_clock_is_wrong_reaches_out_like_any_other(
    company: Company, ben: Friend, dan: Friend, off_by: timedelta
) -> None:
    id_, _ = await company.reaches_out(ben, dan, clock_is_off_by=off_by, waited=3 * MINUTE)
    ben.phone.clock_is_off_by = off_by
    await ben.answers("cant", T0 + MINUTE)
    await company.wake(T0 + MINUTE)
    assert await company.standing(id_) == ("open", ["asked", "asked"])
    begun = (await hers(company)).living("reach_out")[id_]["begunAt"]
    assert begun.startswith((T0 - 3 * MINUTE).strftime("%Y-%m-%dT%H:%M"))


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


async def test_nobody_is_asked_more_often_a_day_than_is_good_for_them(company: Company, ben: Friend) -> None:
    for number in range(rules.ASKS_A_DAY_FROM_ONE):
        _, standing = await company.reaches_out(ben, at=T0 + number * MINUTE)
        assert standing.parts == [(ben.space, "asked")]
    _, standing = await company.reaches_out(ben, at=T0 + 10 * MINUTE)
    assert standing.parts == [(ben.space, "unreachable")]
    _, standing = await company.reaches_out(ben, at=T0 + timedelta(days=1, minutes=10))
    assert standing.parts == [(ben.space, "asked")]


async def test_who_reaches_out_very_often_is_told_of_helplines_instead(company: Company, ben: Friend) -> None:
    for number in range(rules.REACH_OUTS_A_DAY):
        await company.reaches_out(ben, at=T0 + number * MINUTE)
    with pytest.raises(TooMany) as refused:
        await company.reaches_out(ben, at=T0 + 20 * MINUTE)
    assert refused.value.code == "too-many-reach-outs"
    await company.reaches_out(ben, at=T0 + timedelta(days=1, minutes=1))


async def test_with_the_name_on_the_lock_screen_only_where_that_was_chosen(company: Company, ben: Friend) -> None:
    ben.phone.queue("pair_choices.set", {"pair": ben.pair.id, "nameOnLockScreen": True})
    await ben.phone.talk()
    await company.reaches_out(ben)
    async with company.harbour.delivering(*push_kinds()):
        [push] = await until(lambda: company.pushed_to(ben))
        await until(company.harbour.all_done)
    assert push.message["notification"]["body"] == "Ada would like company."


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
