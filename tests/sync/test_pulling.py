"""Sync, rules 1, 6, 7, 8 and 11: versions, pages, whole spaces, memberships, epochs, owners."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import msgspec
import pytest

from app.check_ins.mutations import Record
from app.db import Database
from app.errors import Conflict, LeewardError, NotSignedIn
from app.spaces import service as spaces
from app.spaces.actor import Actor
from app.sync.registry import Change, Mutation, Registry, own_journal
from app.sync.service import Sync
from app.sync.wire import Cookie, SpaceCookie, SyncReply
from tests.sync.phone import NOW, Phone, check_in, seeded


async def test_rule_1_versions_have_no_gap_and_a_row_keeps_its_last(phone: Phone) -> None:
    first = check_in()
    phone.queue("check_ins.record", first)
    phone.queue("check_ins.record", check_in())
    phone.queue("check_ins.edit", {"id": first["id"], "mood": 5})
    await phone.talk()
    assert sorted(row["version"] for row in phone.rows.values()) == [2, 3]
    assert phone.rows["check_in", UUID(first["id"])]["version"] == 3


async def test_rule_1_two_phones_at_once_leave_versions_without_gaps(sync: Sync, ada: Actor) -> None:
    phones = [Phone(sync, ada) for _ in range(8)]
    for phone in phones:
        for _ in range(10):
            phone.queue("check_ins.record", check_in())
    await asyncio.gather(*(phone.talk() for phone in phones))
    late = Phone(sync, ada)
    await late.talk()
    assert sorted(row["version"] for row in late.rows.values()) == list(range(1, 81))
    for phone in phones:
        await phone.talk()
        assert phone.rows == late.rows


async def test_rule_2_batches_that_want_the_same_spaces_never_deadlock_for_good(sync: Sync, ada: Actor) -> None:
    phones = [Phone(sync, ada) for _ in range(4)]
    for _ in range(5):
        for phone in phones:
            phone.queue("check_ins.record", check_in())
            phone.queue("preferences.set", {"key": "theme", "value": "dark"})
        await asyncio.gather(*(phone.talk() for phone in phones))
    assert all(phone.waiting == [] for phone in phones)


@pytest.mark.parametrize("collision", [asyncpg.DeadlockDetectedError, asyncpg.SerializationError])
async def test_rule_2_a_collision_is_tried_again_by_the_server(
    sync: Sync, ada: Actor, collision: type[Exception]
) -> None:
    record = sync.registry.mutation("check_ins.record")
    times = iter(range(10))

    async def collide_twice(change: Change, args: Record) -> None:
        await record.run(change, args)
        if next(times) < 2:
            raise collision

    colliding = Mutation("check_ins.record", Record, own_journal, collide_twice)
    phone = Phone(Sync(sync.database, Registry(sync.registry.kinds, [colliding]), sync.pokes, sync.build), ada)
    phone.queue("check_ins.record", check_in())
    reply = await phone.talk()
    assert (reply.last, reply.fault) == (1, None)
    assert [row["version"] for row in phone.rows.values()] == [1]


async def test_rule_6_a_phone_far_behind_comes_by_pages_and_ends_equal(
    phone: Phone, second_phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [check_in() for _ in range(25)]
    for args in ids:
        phone.queue("check_ins.record", args)
    phone.queue("preferences.set", {"key": "theme", "value": "dark"})
    await phone.talk()
    monkeypatch.setattr("app.sync.pull.PAGE", 10)
    first = await second_phone.talk()
    assert (len(first.rows), first.more) == (10, True)
    assert second_phone.rows == phone.rows


@pytest.mark.parametrize(
    ("bytes_a_page", "rows"),
    [(1, [1, 1, 1, 1]), (5_000, [2, 2]), (10_000_000, [4])],
    ids=["every row is too large", "two fit", "all fit"],
)
async def test_rule_6_a_page_ends_where_it_has_enough_bytes_and_holds_one_row_at_least(
    phone: Phone, second_phone: Phone, monkeypatch: pytest.MonkeyPatch, bytes_a_page: int, rows: list[int]
) -> None:
    for _ in range(4):
        phone.queue("check_ins.record", check_in(note="n" * 4000))
    await phone.talk()
    monkeypatch.setattr("app.sync.pull.PAGE_BYTES", bytes_a_page)
    pages = await all_pages(second_phone)
    assert [len(page.rows) for page in pages] == rows
    second_phone.take_in(pages)
    assert second_phone.rows == phone.rows


async def test_rule_6_pages_cut_anywhere_end_equal(
    phone: Phone, second_phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = seeded(6)
    ids = [str(uuid4()) for _ in range(30)]
    for number in range(60):
        note = "n" * chance.choice((0, 10, 700, 4000)) or None
        phone.queue("check_ins.record", check_in(id=ids[number % 30], note=note))
        phone.queue("preferences.set", {"key": "theme", "value": chance.choice(("dark", "light"))})
    for gone in chance.sample(ids, 7):
        phone.queue("check_ins.delete", {"id": gone})
    await phone.talk()
    monkeypatch.setattr("app.sync.pull.PAGE", 7)
    monkeypatch.setattr("app.sync.pull.PAGE_BYTES", 6_000)
    pages = await all_pages(second_phone)
    assert {len(page.rows) for page in pages} >= {7, 3}, "some are cut by rows and some by bytes"
    second_phone.take_in(pages)
    await phone.talk()
    assert second_phone.rows == phone.rows
    assert second_phone.cookie == phone.cookie


async def test_rule_6_what_one_sync_gives_has_an_end_in_bytes(phone: Phone, second_phone: Phone) -> None:
    for _ in range(100):
        phone.queue("check_ins.record", check_in(note="\N{GRINNING FACE}" * 4000))
    await phone.talk()
    pages = await all_pages(second_phone)
    assert len(pages) == 6
    assert max(len(msgspec.json.encode(page)) for page in pages) < 300 * 1024


async def all_pages(phone: Phone) -> list[SyncReply]:
    pages = [await phone.send()]
    while pages[-1].more:
        phone.cookie = pages[-1].cookie
        pages.append(await phone.send())
    return pages


async def test_rule_6_a_row_written_between_two_pages_is_not_lost(
    phone: Phone, second_phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    args = [check_in() for _ in range(9)]
    for each in args:
        phone.queue("check_ins.record", each)
    await phone.talk()
    monkeypatch.setattr("app.sync.pull.PAGE", 4)
    first = await second_phone.send()
    phone.queue("check_ins.delete", {"id": args[0]["id"]})
    phone.queue("check_ins.edit", {"id": args[8]["id"], "mood": 1})
    await phone.talk()
    second_phone.cookie = first.cookie
    second_phone.take_in([first, *await all_pages(second_phone)])
    assert second_phone.living() == phone.living()


async def test_rule_6_nothing_new_costs_no_rows(phone: Phone) -> None:
    phone.queue("check_ins.record", check_in())
    await phone.talk()
    reply = await phone.talk()
    assert (reply.rows, reply.whole, reply.cookie) == ([], [], phone.cookie)


@pytest.mark.parametrize("beyond", [{}, {"version": 99, "floor": 0}])
async def test_rule_6_a_cookie_that_cannot_be_gives_the_space_whole(phone: Phone, beyond: dict[str, int]) -> None:
    phone.queue("check_ins.record", check_in())
    await phone.talk()
    assert phone.cookie is not None
    journal = phone.actor.journal_id
    spaces = {journal: SpaceCookie(**beyond)} if beyond else {}
    reply = await phone.talk(cookie=Cookie(phone.cookie.epoch, spaces))
    assert journal in reply.whole
    assert len(reply.rows) == 1


async def test_rule_7_others_rows_are_never_given(phone: Phone, sync: Sync, cleo: Actor) -> None:
    phone.queue("check_ins.record", check_in(note="mine alone"))
    await phone.talk()
    outsider = Phone(sync, cleo)
    forged = {phone.actor.journal_id: SpaceCookie(0, 0)}
    await outsider.talk()
    assert outsider.cookie is not None
    reply = await outsider.talk(cookie=Cookie(outsider.cookie.epoch, forged))
    assert reply.rows == []
    assert phone.actor.journal_id not in {space.id for space in reply.spaces}


async def test_rule_7_a_member_removed_has_the_space_no_more(phone: Phone, database: Database) -> None:
    phone.queue("check_ins.record", check_in())
    await phone.talk()
    async with database.transaction() as connection:
        await connection.execute("DELETE FROM membership WHERE account_id = $1", phone.actor.account_id)
    phone.queue("check_ins.record", check_in())
    reply = await phone.talk()
    assert {space.kind for space in reply.spaces} == {"library"}
    assert [refusal.reason for refusal in reply.refusals] == ["not-yours"]


async def test_rule_7_a_phone_below_the_floor_comes_whole_and_above_it_goes_on(
    phone: Phone, second_phone: Phone, database: Database
) -> None:
    args = [check_in() for _ in range(3)]
    for each in args:
        phone.queue("check_ins.record", each)
    await phone.talk()
    await second_phone.talk()
    phone.queue("check_ins.delete", {"id": args[0]["id"]})
    await phone.talk()
    async with database.transaction() as connection:
        too_early = await spaces.prune_tombstones(connection, NOW + timedelta(days=89), table="check_in")
        pruned = await spaces.prune_tombstones(connection, NOW + timedelta(days=91), table="check_in")
    assert (too_early, pruned) == (0, 1)
    away = await second_phone.talk()
    here = await phone.talk()
    assert second_phone.living() == phone.living()
    assert phone.actor.journal_id in away.whole
    assert here.whole == []


async def test_rule_7_pages_of_a_whole_space_with_a_floor_come_to_an_end(
    phone: Phone, second_phone: Phone, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    args = [check_in() for _ in range(9)]
    for each in args:
        phone.queue("check_ins.record", each)
    phone.queue("check_ins.delete", {"id": args[8]["id"]})
    await phone.talk()
    async with database.transaction() as connection:
        await spaces.prune_tombstones(connection, NOW + timedelta(days=91), table="check_in")
    monkeypatch.setattr("app.sync.pull.PAGE", 3)
    await second_phone.talk()
    assert second_phone.living() == phone.living()


async def test_rule_8_another_epoch_applies_nothing_and_says_how_far_it_is(phone: Phone) -> None:
    phone.queue("check_ins.record", check_in())
    await phone.talk()
    assert phone.cookie is not None
    old = Cookie(uuid4(), phone.cookie.spaces)
    phone.queue("check_ins.record", check_in())
    pushing = await phone.talk(cookie=old)
    pulling = await phone.talk(cookie=old, mutations=[])
    for reply in (pushing, pulling):
        assert (reply.outcome, reply.last, reply.rows) == ("epoch-changed", 1, [])
    assert len(phone.waiting) == 1


async def test_rule_10_a_wrong_clock_orders_nothing_and_loses_nothing(phone: Phone) -> None:
    phone.clock_is_off_by = timedelta(days=-365 * 50)
    args = check_in(happenedAt="1976-12-04T08:00:00.000+01:00")
    phone.queue("check_ins.record", args)
    reply = await phone.talk()
    assert reply.refusals == []
    assert phone.living()[UUID(args["id"])]["happenedAt"] == args["happenedAt"]


async def test_rule_10_the_future_is_judged_by_the_phones_own_clock(phone: Phone) -> None:
    phone.queue("check_ins.record", check_in(happenedAt="2026-11-22T09:05:00.000+01:00"))
    phone.queue("check_ins.record", check_in(happenedAt="2026-11-22T09:05:00.001+01:00"))
    reply = await phone.talk()
    assert [(r.number, r.reason) for r in reply.refusals] == [(2, "in-the-future")]


async def test_rule_11_signed_out_there_is_the_library_alone(phone: Phone, sync: Sync) -> None:
    phone.queue("check_ins.record", check_in())
    await phone.talk()
    reply = await sync.answer(None, phone.request(owner=None), NOW)
    assert [space.kind for space in reply.spaces] == ["library"]
    assert (reply.rows, reply.last) == ([], 0)


@pytest.mark.parametrize(
    ("signed_in", "owner", "error", "code"),
    [
        (False, "ada", NotSignedIn, "signed-out"),
        (True, None, Conflict, "store-without-owner"),
        (True, "cleo", Conflict, "another-account"),
    ],
)
async def test_rule_11_a_store_is_only_synced_with_its_owner(
    phone: Phone, sync: Sync, cleo: Actor, *, signed_in: bool, owner: str | None, error: type[LeewardError], code: str
) -> None:
    owners: dict[Any, Any] = {"ada": phone.actor.account_id, "cleo": cleo.account_id, None: None}
    phone.queue("check_ins.record", check_in())
    with pytest.raises(error) as refused:
        await sync.answer(phone.actor if signed_in else None, phone.request(owner=owners[owner]), NOW)
    assert refused.value.code == code
    assert (await Phone(sync, phone.actor).talk()).rows == []
