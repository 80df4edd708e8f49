"""What two agree on: one proposes, the other says yes, and less needs nobody's yes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from app.db import Database
from app.spaces.actor import Actor
from tests.buddies.conftest import Pair, Town
from tests.sync.phone import NOW, Phone, check_in

Terms = dict[str, Any]


def terms(shares: str = "nothing", **given: object) -> Terms:
    return {"part": {"shares": shares}, **given}


def of_state(phone: Phone, state: str) -> dict[str, Any] | None:
    found = [data for data in phone.living("agreement").values() if data["state"] == state]
    assert len(found) <= 1
    return found[0] if found else None


def in_force(phone: Phone) -> dict[str, Any]:
    found = of_state(phone, "in-force")
    assert found is not None
    return found


@pytest.fixture
async def pair(town: Town, ada: Actor, ben: Actor) -> Pair:
    return await town.two_phones(ada, ben)


async def propose(pair: Pair, phone: Phone, said: Terms, answers: str | None = None) -> tuple[str, list[str]]:
    proposal = str(uuid4())
    phone.queue("agreements.propose", {"pair": pair.id, "id": proposal, "terms": said, "answers": answers})
    reply = await phone.talk()
    return proposal, [refusal.reason for refusal in reply.refusals]


async def test_one_proposes_the_other_says_yes_and_both_have_it(pair: Pair) -> None:
    said = terms("weather", worried="Ring my sister.", reviewOn="2027-01-01")
    said["part"] |= {"days": [1, 7], "hoursFrom": "18:00", "hoursTo": "22:00", "notOnCall": True}
    proposal, _ = await propose(pair, pair.hers, said)
    await pair.his.talk()
    proposed = of_state(pair.his, "proposed")
    assert proposed is not None
    assert proposed["proposedBy"] == pair.ada
    assert of_state(pair.his, "in-force") is None
    pair.his.queue("agreements.accept", {"pair": pair.id, "id": proposal})
    await pair.his.talk()
    await pair.hers.talk()
    assert pair.hers.living("agreement") == pair.his.living("agreement")
    assert of_state(pair.hers, "proposed") is None
    agreed = in_force(pair.hers)
    assert (agreed["worried"], agreed["reviewOn"]) == ("Ring my sister.", "2027-01-01")
    assert agreed["parts"] == {
        pair.ada: {"shares": "weather", "days": [1, 7], "hoursFrom": "18:00", "hoursTo": "22:00", "notOnCall": True}
    }


async def test_an_answer_keeps_what_the_other_said_for_themselves(pair: Pair) -> None:
    first, _ = await propose(pair, pair.hers, terms("weather"))
    answer, refused = await propose(pair, pair.his, terms("note", worried="Call."), answers=first)
    assert refused == []
    pair.hers.queue("agreements.accept", {"pair": pair.id, "id": first})
    pair.hers.queue("agreements.accept", {"pair": pair.id, "id": answer})
    reply = await pair.hers.talk()
    assert [(refusal.number, refusal.reason) for refusal in reply.refusals] == [(2, "proposal-gone")]
    shares = {member: part["shares"] for member, part in in_force(pair.hers)["parts"].items()}
    assert shares == {pair.ada: "weather", pair.ben: "note"}


async def test_of_two_who_propose_at_once_the_second_keeps_their_words_to_look_at(pair: Pair) -> None:
    await propose(pair, pair.hers, terms("weather", worried="hers"))
    _, refused = await propose(pair, pair.his, terms("weather", worried="his"))
    assert refused == ["other-proposal"]
    proposed = of_state(pair.his, "proposed")
    assert proposed is not None
    assert proposed["worried"] == "hers"


async def test_nobody_says_yes_to_themselves(pair: Pair) -> None:
    proposal, _ = await propose(pair, pair.hers, terms("weather"))
    pair.hers.queue("agreements.accept", {"pair": pair.id, "id": proposal})
    assert [refusal.reason for refusal in (await pair.hers.talk()).refusals] == ["own-proposal"]


async def test_a_proposal_can_be_put_off_the_table_by_either_and_replaced_by_its_own(pair: Pair) -> None:
    for phone in (pair.hers, pair.his):
        proposal, _ = await propose(pair, pair.hers, terms("weather"))
        phone.queue("agreements.decline", {"pair": pair.id, "id": proposal})
        phone.queue("agreements.decline", {"pair": pair.id, "id": str(uuid4())})
        assert (await phone.talk()).refusals == []
        assert phone.living("agreement") == {}
    await propose(pair, pair.hers, terms("weather"))
    second, refused = await propose(pair, pair.hers, terms("feelings"))
    assert refused == []
    assert [str(id_) for id_ in pair.hers.living("agreement")] == [second]


async def test_nobody_is_flooded_with_proposals(pair: Pair) -> None:
    for _ in range(19):
        assert (await propose(pair, pair.hers, terms("weather")))[1] == []
    twentieth, refused = await propose(pair, pair.hers, terms("weather"))
    assert refused == []
    assert (await propose(pair, pair.hers, terms("note")))[1] == ["too-fast"]
    # The other can answer and say yes, and in a while so can she propose again.
    await pair.his.talk()
    answer, refused = await propose(pair, pair.his, terms("note"), answers=twentieth)
    assert refused == []
    pair.hers.queue("agreements.accept", {"pair": pair.id, "id": answer})
    assert (await pair.hers.talk(confirmed=[21])).refusals == []
    pair.hers.now = NOW + timedelta(minutes=10, seconds=-1)
    assert (await propose(pair, pair.hers, terms("note")))[1] == ["too-fast"]
    pair.hers.now = NOW + timedelta(minutes=10)
    pair.hers.queue("agreements.propose", {"pair": pair.id, "id": str(uuid4()), "terms": terms("note")})
    assert (await pair.hers.talk(confirmed=[23])).refusals == []


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"part": {"shares": "everything"}}, "invalid"),
        ({"part": {"days": [8]}}, "invalid"),
        ({"part": {"days": [2, 1]}}, "invalid"),
        ({"part": {"hoursFrom": "18:00"}}, "invalid"),
        ({"part": {"hoursFrom": "18:00", "hoursTo": "24:00"}}, "invalid"),
        ({"part": {}, "reviewOn": "2027-02-30"}, "invalid"),
        ({"part": {}, "reviewOn": "0001-01-01"}, "invalid"),
        ({"part": {}, "reviewOn": "9999-12-31"}, "invalid"),
        ({"part": {}, "worried": "x" * 1001}, "text-too-long"),
    ],
)
async def test_what_cannot_be_is_refused(pair: Pair, said: Terms, reason: str) -> None:
    assert (await propose(pair, pair.hers, said))[1] == [reason]
    assert pair.hers.living("agreement") == {}


async def test_sharing_less_counts_at_once_and_more_needs_a_yes(pair: Pair) -> None:
    await agree(pair, hers="feelings", his="weather")
    await propose(pair, pair.hers, terms("checked-in"))
    assert in_force(pair.hers)["parts"][pair.ada]["shares"] == "checked-in"
    await pair.his.talk()
    await propose(pair, pair.his, terms("note"), answers=str(next(iter(proposals(pair.his)))))
    assert in_force(pair.his)["parts"][pair.ben]["shares"] == "weather"


async def test_sharing_less_needs_no_proposal_and_stands_beside_the_others(pair: Pair) -> None:
    await agree(pair, hers="note", his="weather")
    proposal, _ = await propose(pair, pair.his, terms("feelings", worried="Ring."))
    # She does not know of it yet.
    pair.hers.queue("agreements.narrow", {"pair": pair.id, "level": "checked-in"})
    pair.hers.queue("agreements.narrow", {"pair": pair.id, "level": "weather"})
    assert (await pair.hers.talk()).refusals == []
    assert in_force(pair.hers)["parts"][pair.ada]["shares"] == "checked-in", "and it widens nothing"
    pair.hers.queue("agreements.accept", {"pair": pair.id, "id": proposal})
    assert (await pair.hers.talk()).refusals == []
    shares = {member: part["shares"] for member, part in in_force(pair.hers)["parts"].items()}
    assert shares == {pair.ada: "checked-in", pair.ben: "feelings"}


async def test_nobody_takes_what_holds_away_by_proposing_under_its_id(pair: Pair) -> None:
    await agree(pair, hers="note", his="nothing")
    (holds,) = pair.his.living("agreement")
    pair.his.queue("agreements.propose", {"pair": pair.id, "id": str(holds), "terms": terms("nothing")})
    assert [refusal.reason for refusal in (await pair.his.talk()).refusals] == ["invalid"]
    assert in_force(pair.his)["parts"][pair.ada]["shares"] == "note"


async def test_whoever_says_yes_gets_what_was_said_under_that_id(pair: Pair) -> None:
    proposal, _ = await propose(pair, pair.hers, terms("weather", worried="Ring."))
    for worried, refused in (("Ring.", []), ("Come to me at night.", ["invalid"])):
        said = terms("weather", worried=worried)
        pair.hers.queue("agreements.propose", {"pair": pair.id, "id": proposal, "terms": said})
        reasons = [refusal.reason for refusal in (await pair.hers.talk()).refusals]
        assert [reason for reason in reasons if reason == "invalid"] == refused
    await pair.his.talk()
    pair.his.queue("agreements.accept", {"pair": pair.id, "id": proposal})
    await pair.his.talk()
    assert in_force(pair.his)["worried"] == "Ring."
    # And one that was dealt with does not come back to the table.
    pair.hers.queue("agreements.propose", {"pair": pair.id, "id": proposal, "terms": terms("weather", worried="Ring.")})
    assert "proposal-gone" in [refusal.reason for refusal in (await pair.hers.talk()).refusals]


async def test_sharing_less_takes_back_also_where_nothing_holds_any_more(pair: Pair, database: Database) -> None:
    await agree(pair, hers="note", his="nothing")
    mine = check_in()
    pair.hers.queue("check_ins.record", mine)
    pair.hers.queue("shared_check_ins.share", {"pair": pair.id, "id": mine["id"], "level": "note"})
    await pair.hers.talk()
    async with database.connection() as connection:
        await connection.execute("DELETE FROM agreement")
    pair.hers.queue("agreements.narrow", {"pair": pair.id, "level": "nothing"})
    await pair.hers.talk()
    await pair.his.talk()
    assert pair.his.living("shared_check_in") == {}


async def test_sharing_less_where_nothing_is_agreed_on_changes_nothing(pair: Pair) -> None:
    pair.hers.queue("agreements.narrow", {"pair": pair.id, "level": "nothing"})
    assert (await pair.hers.talk()).refusals == []
    assert pair.hers.living("agreement") == {}


def proposals(phone: Phone) -> list[UUID]:
    return [id_ for id_, data in phone.living("agreement").items() if data["state"] == "proposed"]


async def agree(pair: Pair, *, hers: str, his: str) -> None:
    """Both have said yes to what each shares, and were told."""
    first, _ = await propose(pair, pair.hers, terms(hers))
    answer, _ = await propose(pair, pair.his, terms(his), answers=first)
    pair.hers.queue("agreements.accept", {"pair": pair.id, "id": answer})
    assert (await pair.hers.talk()).refusals == []
    await pair.his.talk()
    await were_told(pair)


async def were_told(pair: Pair) -> None:
    """Of what was proposed and said yes to there is nothing to tell any more."""
    async with pair.hers.sync.database.connection() as connection:
        await connection.execute(
            "DELETE FROM due WHERE kind IN ('proposal', 'agreed') AND space_id = $1", UUID(pair.id)
        )


async def test_a_stranger_agrees_to_nothing(town: Town, pair: Pair, cleo: Actor) -> None:
    proposal, _ = await propose(pair, pair.hers, terms("weather"))
    phone = town.phone(cleo)
    phone.queue("agreements.accept", {"pair": pair.id, "id": proposal})
    phone.queue("agreements.decline", {"pair": pair.id, "id": proposal})
    phone.queue("agreements.propose", {"pair": pair.id, "id": str(uuid4()), "terms": terms("note")})
    phone.queue("agreements.narrow", {"pair": pair.id, "level": "nothing"})
    mine = check_in()
    phone.queue("check_ins.record", mine)
    phone.queue("shared_check_ins.share", {"pair": pair.id, "id": mine["id"], "level": "note"})
    reply = await phone.talk()
    assert [refusal.reason for refusal in reply.refusals] == ["not-yours"] * 4
    await pair.his.talk()
    assert proposals(pair.his) == [UUID(proposal)]
    assert pair.his.living("shared_check_in") == {}
