"""Somebody reaches out: who is asked, in which order, and what each of them learns of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from app.asgi import push_kinds
from app.buddies import reach_out_rules as rules
from app.errors import Conflict, NotFound, TooMany
from app.spaces.actor import Actor
from tests.buddies.company import T0, Company, Friend, ben, company, dan, hers
from tests.push.conftest import harbour, keys, pushes, until

__all__ = ["ben", "company", "dan", "harbour", "keys", "pushes"]

MINUTE = timedelta(minutes=1)


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
