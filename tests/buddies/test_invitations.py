"""Inviting somebody one knows: opened, used, expired, withdrawn, one's own, blocked."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from app.buddies import rules, service
from app.buddies.service import Key
from app.db import Database
from app.errors import Conflict, Invalid, LeewardError, NotFound, TooMany
from app.spaces.actor import Actor
from tests.buddies.conftest import ADDRESS, Town
from tests.sync.fixtures import Member
from tests.sync.phone import NOW

LATER = NOW + rules.INVITATION_LASTS


async def refusal(town: Town, actor: Actor | None, key: Key, now: datetime = NOW) -> str:
    with pytest.raises(LeewardError) as refused:
        await town.buddies.look(actor, ADDRESS, key, now=now)
    return refused.value.code


async def test_an_invitation_says_who_invites_also_to_somebody_without_an_account(
    town: Town, ada: Actor, ben: Actor
) -> None:
    secret = await town.secret_of(ada, "  Ada   from choir ")
    assert await town.buddies.look(None, ADDRESS, Key(secret), now=NOW) == "Ada from choir"
    assert await town.buddies.look(ben, ADDRESS, Key(secret), now=NOW) == "Ada from choir"


async def test_its_secret_has_160_bits_and_is_not_kept(town: Town, ada: Actor, database: Database) -> None:
    secret = await town.secret_of(ada)
    assert len(secret) == 27
    async with database.connection() as connection:
        kept = await connection.fetchval("SELECT invitation::text FROM invitation")
    assert secret not in kept


async def test_each_end_of_an_invitation_is_told_apart(town: Town, ada: Actor, ben: Actor, cleo: Actor) -> None:
    secret = await town.secret_of(ada)
    assert await refusal(town, ada, Key(secret)) == "invitation-own"
    await town.buddies.accept(ben, ADDRESS, Key(secret), "Ben", now=NOW)
    assert await refusal(town, cleo, Key(secret)) == "invitation-used"
    assert await refusal(town, ben, Key(secret)) == "invitation-used"
    taken_back = await town.buddies.invite(ada, "Ada", now=NOW)
    await town.buddies.withdraw(ada, taken_back.id, now=NOW)
    assert await refusal(town, cleo, Key(taken_back.secret)) == "invitation-withdrawn"
    assert await refusal(town, cleo, Key("one that never was")) == "invitation-withdrawn"
    assert await refusal(town, cleo, Key(await town.secret_of(ada)), LATER) == "invitation-expired"


async def test_nobody_withdraws_what_is_not_theirs(town: Town, ada: Actor, cleo: Actor, ben: Actor) -> None:
    made = await town.buddies.invite(ada, "Ada", now=NOW)
    await town.buddies.withdraw(cleo, made.id, now=NOW)
    with pytest.raises(NotFound):
        await town.buddies.give_code(cleo, made.id, now=NOW)
    assert await town.buddies.look(ben, ADDRESS, Key(made.secret), now=NOW) == "Ada"


@pytest.mark.parametrize("who_blocks", ["ada", "ben"])
async def test_blocked_looks_exactly_like_withdrawn(town: Town, ada: Actor, ben: Actor, who_blocks: str) -> None:
    await town.pair(ada, ben)
    phone = town.phone(ada if who_blocks == "ada" else ben)
    await phone.talk()
    (pair,) = [space.id for space in (await phone.talk()).spaces if space.kind == "pair"]
    phone.queue("pairs.block", {"pair": str(pair)})
    await phone.talk()
    secret = await town.secret_of(ada)
    withdrawn = await town.buddies.invite(ada, "Ada", now=NOW)
    await town.buddies.withdraw(ada, withdrawn.id, now=NOW)
    said = [await seen(town, ben, Key(key)) for key in (secret, withdrawn.secret)]
    assert said[0] == said[1] == (409, "invitation-withdrawn", "This invitation is not open any more.", None)


@pytest.mark.parametrize("ends", ["pairs.end", "pairs.block"])
async def test_what_is_over_says_the_same_to_whoever_was_blocked(town: Town, ada: Actor, ben: Actor, ends: str) -> None:
    """The link that once brought them together tells nobody how it ended; nor does a code that is said aloud."""
    secret = await town.secret_of(ada)
    pair = await town.buddies.accept(ben, ADDRESS, Key(secret), "Ben", now=NOW)
    phone = town.phone(ada)
    await phone.talk()
    phone.queue(ends, {"pair": str(pair)})
    await phone.talk()
    assert await refusal(town, ben, Key(secret)) == await refusal(town, None, Key(secret)) == "invitation-used"
    late = await town.buddies.invite(ada, "Ada", now=NOW - rules.INVITATION_LASTS)
    assert await refusal(town, ben, Key(late.secret)) == "invitation-expired"
    made = await town.buddies.invite(ada, "Ada", now=NOW)
    code = Key(code=(await town.buddies.give_code(ada, made.id, now=NOW)).code)
    if ends == "pairs.block":
        assert await refusal(town, ben, code) == "code-opens-nothing"
    else:
        assert await town.buddies.look(ben, ADDRESS, code, now=NOW) == "Ada"


async def seen(town: Town, actor: Actor, key: Key) -> tuple[int, str, str, str | None]:
    with pytest.raises(LeewardError) as refused:
        await town.buddies.accept(actor, ADDRESS, key, "Ben", now=NOW)
    return refused.value.status, refused.value.code, refused.value.detail, refused.value.field


async def test_used_by_two_at_once_it_brings_one_of_them_together(
    town: Town, ada: Actor, ben: Actor, cleo: Actor, database: Database
) -> None:
    secret = await town.secret_of(ada)
    came = await asyncio.gather(
        *(town.buddies.accept(who, ADDRESS, Key(secret), "X", now=NOW) for who in (ben, cleo)), return_exceptions=True
    )
    failed = [one for one in came if isinstance(one, BaseException)]
    assert [type(one) for one in failed] == [Conflict]
    assert isinstance(failed[0], Conflict)
    assert failed[0].code == "invitation-used"
    async with database.connection() as connection:
        assert await connection.fetchval("SELECT count(*) FROM space WHERE kind = 'pair'") == 1


async def test_two_who_invite_each_other_and_both_accept_at_once_are_one_pair(
    town: Town, ada: Actor, ben: Actor, database: Database
) -> None:
    secrets = [await town.secret_of(ada), await town.secret_of(ben)]
    came = await asyncio.gather(
        town.buddies.accept(ben, ADDRESS, Key(secrets[0]), "Ben", now=NOW),
        town.buddies.accept(ada, ADDRESS, Key(secrets[1]), "Ada", now=NOW),
        return_exceptions=True,
    )
    assert sorted(one.code if isinstance(one, LeewardError) else "" for one in came) == ["", "already-buddies"]
    async with database.connection() as connection:
        assert await connection.fetchval("SELECT count(*) FROM space WHERE kind = 'pair'") == 1


async def test_a_code_opens_it_once_and_for_a_quarter_of_an_hour(town: Town, ada: Actor, ben: Actor) -> None:
    made = await town.buddies.invite(ada, "Ada", now=NOW)
    first = await town.buddies.give_code(ada, made.id, now=NOW)
    code = await town.buddies.give_code(ada, made.id, now=NOW)
    for wrong, now in ((first.code, NOW), (code.code, code.expires_at), ("123", NOW), ("000 000 000", NOW)):
        with pytest.raises(Conflict, match="opens nothing"):
            await town.buddies.look(ben, ADDRESS, Key(code=wrong), now=now)
    await town.buddies.accept(ben, ADDRESS, Key(code=code.code), "Ben", now=code.expires_at - timedelta(seconds=1))
    with pytest.raises(Conflict, match="opens nothing"):
        await town.buddies.look(ben, ADDRESS, Key(code=code.code), now=NOW)
    assert await refusal(town, ben, Key(made.secret)) == "invitation-used"


async def test_codes_cannot_be_tried_one_after_the_other(town: Town, ben: Actor, cleo: Actor) -> None:
    async def tried(actor: Actor) -> int:
        for number in range(1000):
            try:
                await town.buddies.look(actor, ADDRESS, Key(code=f"{number:09}"), now=NOW)
            except TooMany:
                return number
            except Conflict:
                pass
        return 1000

    assert await tried(ben) == service.CODES_OF_ACCOUNT.tries
    assert await tried(cleo) == service.CODES_OF_ACCOUNT.tries
    tries = 2 * (service.CODES_OF_ACCOUNT.tries + 1)
    for _ in range(service.CODES_OF_ADDRESS.tries - tries):
        with pytest.raises(Conflict):
            await town.buddies.look(None, ADDRESS, Key(code="000 000 000"), now=NOW)
    with pytest.raises(TooMany):
        await town.buddies.look(None, ADDRESS, Key(code="000 000 000"), now=NOW)


async def test_ten_are_open_at_most_and_one_that_ends_makes_room(town: Town, ada: Actor) -> None:
    made = [await town.buddies.invite(ada, "Ada", now=NOW) for _ in range(rules.MOST_INVITATIONS)]
    with pytest.raises(Conflict) as refused:
        await town.buddies.invite(ada, "Ada", now=NOW)
    assert refused.value.code == "too-many-invitations"
    await town.buddies.withdraw(ada, made[0].id, now=NOW)
    await town.buddies.invite(ada, "Ada", now=NOW)
    assert len(await town.buddies.invitations(ada, now=NOW)) == rules.MOST_INVITATIONS
    assert await town.buddies.invitations(ada, now=LATER) == []


async def test_many_invitations_at_once_are_counted_one_after_the_other(town: Town, ada: Actor) -> None:
    came = await asyncio.gather(
        *(town.buddies.invite(ada, "Ada", now=NOW) for _ in range(rules.MOST_INVITATIONS + 4)), return_exceptions=True
    )
    assert sum(isinstance(one, Conflict) for one in came) == 4


async def test_nobody_has_more_than_eight_buddies(town: Town, ada: Actor, ben: Actor, member: Member) -> None:
    for number in range(rules.MOST_BUDDIES):
        await town.pair(ada, await member(f"friend {number}"))
    with pytest.raises(Conflict) as refused:
        await town.pair(ada, ben)
    assert refused.value.code == "too-many-buddies"
    with pytest.raises(Conflict) as refused:
        await town.pair(ben, ada)
    assert refused.value.code == "too-many-buddies"


@pytest.mark.parametrize("name", ["", "x" * 41, "a\0b"])
async def test_a_name_that_is_none_is_said_before_anything_happens(
    town: Town, ada: Actor, ben: Actor, name: str
) -> None:
    with pytest.raises(Invalid):
        await town.buddies.invite(ada, name, now=NOW)
    secret = await town.secret_of(ada)
    with pytest.raises(Invalid):
        await town.buddies.accept(ben, ADDRESS, Key(secret), name, now=NOW)
    assert await town.buddies.look(ben, ADDRESS, Key(secret), now=NOW) == "Ada"


async def test_what_ended_a_month_ago_is_forgotten(town: Town, ada: Actor, ben: Actor, database: Database) -> None:
    secret = await town.secret_of(ada)
    async with database.connection() as connection:
        await service.prune(connection, LATER + rules.ENDED_ARE_REMEMBERED)
        assert await connection.fetchval("SELECT count(*) FROM invitation") == 1
        await service.prune(connection, LATER + rules.ENDED_ARE_REMEMBERED + timedelta(seconds=1))
        assert await connection.fetchval("SELECT count(*) FROM invitation") == 0
    assert await refusal(town, ben, Key(secret)) == "invitation-withdrawn"


async def test_whoever_guesses_a_code_learns_nothing_from_how_long_it_takes(
    town: Town, ada: Actor, ben: Actor, cleo: Actor, database: Database
) -> None:
    async def code() -> str:
        made = await town.buddies.invite(ada, "Ada", now=NOW)
        codes[made.id] = (await town.buddies.give_code(ada, made.id, now=NOW)).code
        return codes[made.id]

    codes: dict[UUID, str] = {}
    expired, used, _ = await code(), await code(), await code()
    await town.buddies.accept(ben, ADDRESS, Key(code=used), "Ben", now=NOW)
    await town.buddies.withdraw(ada, [*codes][2], now=NOW)
    asked: list[str] = []
    async with database.connection() as connection:  # the one that whoever asks next is lent
        connection.add_query_logger(lambda record: asked.append(record.query))

    async def asked_for(key: str) -> list[str]:
        asked.clear()
        with pytest.raises(Conflict) as refused:
            await town.buddies.look(cleo, ADDRESS, Key(code=key), now=NOW + rules.CODE_LASTS)
        assert refused.value.code == "code-opens-nothing"
        await asyncio.sleep(0)  # asyncpg tells its loggers in the next turn
        return [*asked]

    never_was = await asked_for("000 000 000")
    assert len(never_was) == 3
    for key in (expired, used, [*codes.values()][2], "12"):
        assert await asked_for(key) == never_was
