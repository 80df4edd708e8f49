"""Sync, rule 6: what a batch is answered with is what a pull would have given, whoever wrote in between."""

from __future__ import annotations

from uuid import UUID, uuid4

import msgspec
import pytest

from app.db import Database
from app.sync.wire import SyncReply
from tests.sync.phone import NOW, Phone, check_in, seeded


async def given(phone: Phone) -> tuple[SyncReply, SyncReply]:
    """What the phone's batch is answered with, and what a pull gives for the cookie it had."""
    answer = await phone.send()
    pulled = await phone.send(mutations=[])
    for reply in (answer, pulled):
        reply.spaces.sort(key=lambda space: space.id)
    phone.take_in([answer])
    return answer, pulled


def unpacked(reply: SyncReply) -> object:
    return msgspec.json.decode(msgspec.json.encode(reply))


async def test_rule_6_a_batch_is_answered_as_a_pull_would_be(phone: Phone, second_phone: Phone) -> None:
    chance = seeded(61)
    ids = [str(uuid4()) for _ in range(6)]
    for phone_ in (phone, second_phone):
        await phone_.talk()
    for _ in range(60):
        writing = chance.choice((phone, phone, second_phone))
        for _ in range(chance.choice((1, 1, 2, 5))):
            match chance.choice(("record", "delete", "prefer", "refused")):
                case "record":
                    writing.queue("check_ins.record", check_in(id=chance.choice(ids), mood=chance.randint(1, 5)))
                case "delete":
                    writing.queue("check_ins.delete", {"id": chance.choice(ids)})
                case "prefer":
                    theme = chance.choice(("dark", "light"))
                    writing.queue("preferences.set", {"key": "theme", "value": theme})
                case _:
                    writing.queue("check_ins.record", check_in(mood=chance.choice((3, 9))))
        answer, pulled = await given(writing)
        assert unpacked(answer) == unpacked(pulled)
        if chance.random() < 0.5:
            await writing.talk(confirmed=[refusal.number for refusal in answer.refusals])


async def test_rule_6_a_phone_that_had_everything_is_not_asked_to_read_the_rest(
    phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    await phone.talk()

    async def read_everything(*_: object, **__: object) -> None:
        raise AssertionError("the closing statement has it all")

    monkeypatch.setattr("app.sync.service.pull", read_everything)
    phone.queue("check_ins.record", check_in())
    reply = await phone.talk()
    assert [row.version for row in reply.rows] == [1]
    assert phone.waiting == []


async def test_rule_6_what_came_to_another_space_meanwhile_comes_with_the_answer(
    phone: Phone, database: Database
) -> None:
    await phone.talk()
    other = uuid4()
    async with database.transaction() as connection:
        await connection.execute(
            "INSERT INTO space (id, kind, version, floor, created_at) VALUES ($1, 'pair', 0, 0, $2)", other, NOW
        )
        await connection.execute(
            "INSERT INTO membership (space_id, account_id, role) VALUES ($1, $2, 'buddy')",
            other,
            phone.actor.account_id,
        )
    phone.queue("check_ins.record", check_in())
    answer, pulled = await given(phone)
    assert unpacked(answer) == unpacked(pulled)
    assert other in {space.id for space in answer.spaces}
    assert answer.whole == [other]


@pytest.mark.parametrize("limit", ["PAGE", "PAGE_BYTES"])
async def test_rule_6_an_answer_larger_than_a_page_comes_by_pages(
    phone: Phone, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    await phone.talk()
    monkeypatch.setattr(f"app.sync.pull.{limit}", 3)
    ids = [check_in(note="four\N{GRINNING FACE}") for _ in range(5)]
    for args in ids:
        phone.queue("check_ins.record", args)
    reply = await phone.talk()
    assert reply.more
    assert set(phone.living()) == {UUID(args["id"]) for args in ids}


async def test_rule_4_a_refusal_comes_back_with_every_answer_until_it_is_confirmed(phone: Phone) -> None:
    await phone.talk()
    phone.queue("check_ins.record", check_in(mood=9))
    refused = (await phone.talk()).refusals
    phone.queue("check_ins.record", check_in())
    assert (await phone.talk()).refusals == refused != []
    phone.queue("check_ins.record", check_in())
    assert (await phone.talk(confirmed=[1])).refusals == []
