"""Two who are buddies: what each phone gets, and that nothing is left when it ends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from app.accounts.service import Accounts, Passwords
from app.buddies.service import Key
from app.db import Database
from app.errors import Conflict, Unavailable
from app.spaces.actor import Actor
from app.sync.wire import MySpace, SyncReply
from tests.buddies.conftest import ADDRESS, Town
from tests.sync.phone import NOW, Phone, check_in


def pair_of(reply: SyncReply) -> MySpace:
    (pair,) = [space for space in reply.spaces if space.kind == "pair"]
    return pair


def names(phone: Phone) -> dict[UUID, str]:
    return {id_: data["name"] for id_, data in phone.living("buddy").items()}


async def test_both_phones_get_the_pair_with_both_names_and_who_is_who(town: Town, ada: Actor, ben: Actor) -> None:
    pair = await town.pair(ada, ben)
    assert set(town.told.accounts) == {ada.account_id, ben.account_id}
    me: dict[str, UUID | None] = {}
    for who, actor in (("Ada", ada), ("Ben", ben)):
        phone = town.phone(actor)
        space = pair_of(await phone.talk())
        assert (space.id, space.role) == (pair, "buddy")
        me[who] = space.me
        assert sorted(names(phone).values()) == ["Ada", "Ben"]
        assert [name for id_, name in names(phone).items() if id_ == space.me] == [who]
    assert me["Ada"] != me["Ben"]


async def test_nothing_that_reaches_the_other_names_an_account(town: Town, ada: Actor, ben: Actor) -> None:
    await town.pair(ada, ben)
    reply = await town.phone(ben).talk()
    assert str(ada.account_id) not in repr(reply)
    assert str(ada.journal_id) not in repr(reply)


async def test_a_new_name_reaches_the_other(town: Town, ada: Actor, ben: Actor) -> None:
    pair = await town.pair(ada, ben)
    hers, his = town.phone(ada), town.phone(ben)
    hers.queue("pairs.rename", {"pair": str(pair), "name": " Ada  L. "})
    await hers.talk()
    await his.talk()
    assert sorted(names(his).values()) == ["Ada L.", "Ben"]
    hers.queue("pairs.rename", {"pair": str(pair), "name": ""})
    assert [refusal.reason for refusal in (await hers.talk()).refusals] == ["name-invalid"]


async def test_a_stranger_can_do_nothing_in_the_pair(
    town: Town, ada: Actor, ben: Actor, cleo: Actor, database: Database
) -> None:
    pair = await town.pair(ada, ben)
    phone = town.phone(cleo)
    for name in ("pairs.rename", "pairs.end", "pairs.block"):
        phone.queue(name, {"pair": str(pair), "name": "X"})
        phone.queue(name, {"pair": str(uuid4()), "name": "X"})
    reply = await phone.talk()
    assert [refusal.reason for refusal in reply.refusals] == ["not-yours"] * 6
    assert [space.kind for space in reply.spaces if space.kind == "pair"] == []
    assert phone.living("buddy") == {}
    async with database.connection() as connection:
        assert await connection.fetchval("SELECT count(*) FROM buddy") == 2


@pytest.mark.parametrize("how", ["pairs.end", "pairs.block"])
async def test_ended_by_one_it_is_gone_from_the_server_and_at_its_next_contact_from_the_other(
    town: Town, ada: Actor, ben: Actor, how: str, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = await town.pair(ada, ben)
    hers, his = town.phone(ada), town.phone(ben)
    await hers.talk()
    await his.talk()
    told: list[UUID] = []
    monkeypatch.setattr(town.sync.pokes, "tell", told.extend)
    hers.queue(how, {"pair": str(pair)})
    reply = await hers.talk()
    assert {"journal", "library"} == {space.kind for space in reply.spaces}
    assert set(told) == {ada.account_id, ben.account_id}
    assert pair not in {space.id for space in (await his.talk()).spaces}
    async with database.connection() as connection:
        assert await connection.fetchval("SELECT count(*) FROM space WHERE kind = 'pair'") == 0
        assert await connection.fetchval("SELECT count(*) FROM buddy") == 0
        assert await connection.fetchval("SELECT count(*) FROM membership WHERE space_id = $1", pair) == 0


async def test_what_the_other_wrote_offline_meanwhile_needs_a_look(town: Town, ada: Actor, ben: Actor) -> None:
    pair = await town.pair(ada, ben)
    hers, his = town.phone(ada), town.phone(ben)
    await his.talk()
    his.queue("pairs.rename", {"pair": str(pair), "name": "Benjamin"})
    mine = check_in()
    his.queue("check_ins.record", mine)
    hers.queue("pairs.end", {"pair": str(pair)})
    await hers.talk()
    reply = await his.talk()
    assert [refusal.reason for refusal in reply.refusals] == ["not-yours"]
    assert set(his.living()) == {UUID(mine["id"])}, "his own is not held up by it"


async def test_who_blocks_while_the_other_ends_it_is_not_found_again_either(town: Town, ada: Actor, ben: Actor) -> None:
    pair = await town.pair(ada, ben)
    hers, his = town.phone(ada), town.phone(ben)
    await his.talk()
    his.queue("pairs.block", {"pair": str(pair)})
    hers.queue("pairs.end", {"pair": str(pair)})
    await hers.talk()
    assert (await his.talk()).refusals == []
    with pytest.raises(Exception, match="not open any more"):
        await town.buddies.look(ben, ADDRESS, Key(await town.secret_of(ada)), now=NOW)


async def test_a_block_that_comes_late_does_not_outweigh_a_later_yes(town: Town, ada: Actor, ben: Actor) -> None:
    before = await town.pair(ada, ben)
    hers, his = town.phone(ada), town.phone(ben)
    his.queue("pairs.block", {"pair": str(before)})
    hers.queue("pairs.end", {"pair": str(before)})
    await hers.talk()
    await town.pair(ada, ben)
    assert [refusal.reason for refusal in (await his.talk()).refusals] == ["not-yours"]
    assert sorted(names(his).values()) == ["Ada", "Ben"]


Two = tuple[asyncpg.Connection, asyncpg.Connection]


@pytest.fixture
async def two(database: Database) -> AsyncGenerator[Two]:
    """Connections of somebody else: one that holds something, and one that looks on."""
    opened = [await asyncpg.connect(database.url) for _ in range(2)]
    yield opened[0], opened[1]
    for one in opened:
        await one.close()


async def waits(look: asyncpg.Connection, task: asyncio.Task[Any], already: int = 0) -> None:
    """Until this waits for a lock, besides so many that do; or it waits for none and is done."""
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    while not task.done() and await look.fetchval(waiting) <= already:  # noqa: ASYNC110
        await asyncio.sleep(0)


def block_of(pair: UUID, how: str) -> tuple[str, dict[str, str]]:
    if how == "pairs.block":
        return how, {"pair": str(pair)}
    return how, {"pair": str(pair), "id": str(uuid4()), "category": "harassing", "end": "block"}


@pytest.mark.parametrize("how", ["pairs.block", "reports.send"])
async def test_of_a_yes_and_a_block_at_once_the_block_that_comes_second_finds_the_yes(
    town: Town, ada: Actor, ben: Actor, two: Two, how: str
) -> None:
    before = await town.pair(ada, ben)
    hers, his = town.phone(ada), town.phone(ben)
    his.queue(*block_of(before, how))
    hers.queue("pairs.end", {"pair": str(before)})
    await hers.talk()
    secret = await town.secret_of(ada)
    other, look = two
    async with other.transaction():
        # The yes has looked for a block, and is held up in writing the pair.
        await other.execute("LOCK TABLE buddy IN SHARE MODE")
        accepting = asyncio.create_task(town.buddies.accept(ben, ADDRESS, Key(secret), "Ben", now=NOW))
        await waits(look, accepting)
        blocking = asyncio.create_task(his.talk())
        await waits(look, blocking, already=1)
    after = await accepting
    assert [refusal.reason for refusal in (await blocking).refusals] == (["not-yours"] if how == "pairs.block" else [])
    assert await other.fetchval("SELECT count(*) FROM block") == 0
    assert pair_of(await his.talk()).id == after


@pytest.mark.parametrize("how", ["pairs.block", "reports.send"])
@pytest.mark.parametrize("is_over", [True, False])
async def test_of_a_yes_and_a_block_at_once_the_yes_that_comes_second_finds_the_block(
    town: Town, ada: Actor, ben: Actor, two: Two, how: str, *, is_over: bool
) -> None:
    before = await town.pair(ada, ben)
    hers, his = town.phone(ada), town.phone(ben)
    his.queue(*block_of(before, how))
    if is_over:
        hers.queue("pairs.end", {"pair": str(before)})
        await hers.talk()
    secret = await town.secret_of(ada)
    other, look = two
    async with other.transaction():
        await other.execute("LOCK TABLE block IN SHARE MODE")
        blocking = asyncio.create_task(his.talk())
        await waits(look, blocking)
        accepting = asyncio.create_task(town.buddies.accept(ben, ADDRESS, Key(secret), "Ben", now=NOW))
        await waits(look, accepting, already=1)
    assert (await blocking).refusals == []
    with pytest.raises(Conflict) as refused:
        await accepting
    assert refused.value.code == "invitation-withdrawn"
    assert await other.fetchval("SELECT count(*) FROM block") == 1
    assert await other.fetchval("SELECT count(*) FROM space WHERE kind = 'pair'") == 0


async def test_a_yes_that_somebody_else_waits_for_in_a_circle_is_to_be_tried_again(
    town: Town, ada: Actor, ben: Actor
) -> None:
    secret = await town.secret_of(ada)
    # Which of two in a circle the database ends is its own to say: here it is the yes.
    async with town.buddies.database.connection() as connection:
        await connection.execute(
            "CREATE FUNCTION ended() RETURNS trigger LANGUAGE plpgsql"
            " AS $$ BEGIN RAISE EXCEPTION USING ERRCODE = 'deadlock_detected'; END $$;"
            "CREATE TRIGGER ended BEFORE INSERT ON buddy EXECUTE FUNCTION ended()"
        )
        try:
            with pytest.raises(Unavailable, match="try again"):
                await town.buddies.accept(ben, ADDRESS, Key(secret), "Ben", now=NOW)
        finally:
            await connection.execute("DROP TRIGGER ended ON buddy; DROP FUNCTION ended")
    assert await town.buddies.accept(ben, ADDRESS, Key(secret), "Ben", now=NOW)


async def test_after_the_end_of_it_the_same_batch_can_do_nothing_more_there(town: Town, ada: Actor, ben: Actor) -> None:
    pair = await town.pair(ada, ben)
    phone = town.phone(ada)
    phone.queue("pairs.end", {"pair": str(pair)})
    phone.queue("pairs.rename", {"pair": str(pair), "name": "Ada"})
    phone.queue("pairs.end", {"pair": str(pair)})
    phone.queue("check_ins.record", check_in())
    reply = await phone.talk()
    assert [(refusal.number, refusal.reason) for refusal in reply.refusals] == [(2, "not-yours"), (3, "not-yours")]
    assert reply.last == 4
    assert phone.waiting == []


async def test_ended_they_can_find_each_other_again_and_blocked_they_cannot(town: Town, ada: Actor, ben: Actor) -> None:
    for how in ("pairs.end", "pairs.block"):
        pair = await town.pair(ada, ben)
        phone = town.phone(ben)
        phone.queue(how, {"pair": str(pair)})
        await phone.talk()
    with pytest.raises(Exception, match="not open any more"):
        await town.buddies.accept(ben, ADDRESS, Key(await town.secret_of(ada)), "Ben", now=NOW)


async def test_with_an_account_its_pairs_go_and_the_other_keeps_nothing(
    town: Town, ada: Actor, ben: Actor, database: Database
) -> None:
    await town.pair(ada, ben)
    his = town.phone(ben)
    await his.talk()
    await town.secret_of(ada)
    accounts = Accounts(database, Passwords(), lambda _: None)
    await accounts.delete(ada, "ada", now=NOW)
    assert [space.kind for space in (await his.talk()).spaces if space.kind == "pair"] == []
    async with database.connection() as connection:
        for table in ("invitation", "buddy", "block"):
            assert await connection.fetchval(f"SELECT count(*) FROM {table}") == 0


async def test_the_journal_of_a_member_stays_theirs_alone(town: Town, ada: Actor, ben: Actor) -> None:
    await town.pair(ada, ben)
    hers, his = town.phone(ada), town.phone(ben)
    hers.queue("check_ins.record", check_in(note="for nobody"))
    await hers.talk()
    await his.talk()
    assert his.living() == {}
