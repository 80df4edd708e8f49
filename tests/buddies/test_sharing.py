"""What a buddy sees of a check-in: as much as was promised and agreed, as long as it is there, and nothing else."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4, uuid5

import pytest

from app.db import Database
from app.spaces.actor import Actor
from tests.buddies.conftest import Pair, Town
from tests.buddies.test_agreements import agree, propose, terms
from tests.sync.phone import check_in

LEVELS = ("nothing", "checked-in", "weather", "feelings", "note")
MOMENT = {"mood": 2, "energy": 1, "feelings": ["heavy"], "contexts": ["sleep"], "note": "the whole night"}
SEEN: dict[str, dict[str, Any] | None] = {
    "nothing": None,
    "checked-in": {"mood": None, "feelings": [], "note": None},
    "weather": {"mood": 2, "feelings": [], "note": None},
    "feelings": {"mood": 2, "feelings": ["heavy"], "note": None},
    "note": {"mood": 2, "feelings": ["heavy"], "note": "the whole night"},
}


@pytest.fixture
async def pair(town: Town, ada: Actor, ben: Actor) -> Pair:
    return await town.two_phones(ada, ben)


async def shares(pair: Pair, level: str, **given: object) -> str:
    """Ada checks in and shares it as far as this."""
    mine = check_in(**{**MOMENT, **given})
    pair.hers.queue("check_ins.record", mine)
    pair.hers.queue("shared_check_ins.share", {"pair": pair.id, "id": mine["id"], "level": level})
    assert (await pair.hers.talk()).refusals == []
    await pair.his.talk()
    return mine["id"]


def seen(pair: Pair) -> list[dict[str, Any]]:
    """What ben has of ada, without when and by whom."""
    rows = pair.his.living("shared_check_in").values()
    return [{name: row[name] for name in ("mood", "feelings", "note")} for row in rows]


@pytest.mark.parametrize("promised", LEVELS)
@pytest.mark.parametrize("agreed", LEVELS)
async def test_rule_13_a_buddy_sees_what_was_promised_and_agreed_and_no_more(
    pair: Pair, promised: str, agreed: str
) -> None:
    await agree(pair, hers=agreed, his="nothing")
    await shares(pair, promised)
    least = LEVELS[min(LEVELS.index(promised), LEVELS.index(agreed))]
    assert seen(pair) == ([] if SEEN[least] is None else [SEEN[least]])


async def test_rule_13_before_both_said_yes_nothing_is_shown(pair: Pair) -> None:
    await propose(pair, pair.hers, terms("note"))
    await shares(pair, "note")
    assert seen(pair) == []


async def test_rule_13_the_row_tells_nothing_of_the_journal(pair: Pair, ada: Actor) -> None:
    await agree(pair, hers="note", his="nothing")
    mine = await shares(pair, "note")
    ((id_, row),) = pair.his.living("shared_check_in").items()
    assert id_ != UUID(mine)
    assert row["sharedBy"] == pair.ada
    assert row.keys() == {"sharedBy", "mood", "feelings", "note", "happenedAt", "zone", "level"}
    everything = repr(pair.his.rows)
    for secret in (mine, str(ada.journal_id), str(ada.account_id), "sleep"):
        assert secret not in everything


async def test_the_members_own_phones_know_which_row_shows_which_check_in_and_how_far_it_is_shared(pair: Pair) -> None:
    await agree(pair, hers="note", his="nothing")
    mine = await shares(pair, "feelings", feelings=[], note=None)
    row = uuid5(UUID(pair.ada), mine)
    assert {id_: data["level"] for id_, data in pair.hers.living("shared_check_in").items()} == {row: "feelings"}
    pair.hers.queue("shared_check_ins.take_back", {"pair": pair.id, "id": mine})
    await pair.hers.talk()
    assert pair.hers.living("shared_check_in") == {}
    pair.hers.queue("shared_check_ins.share", {"pair": pair.id, "id": mine, "level": "checked-in"})
    await pair.hers.talk()
    await pair.his.talk()
    assert {id_: data["level"] for id_, data in pair.his.living("shared_check_in").items()} == {row: "checked-in"}


async def test_rule_13_an_edit_is_projected_again_and_never_beyond_what_was_shared(pair: Pair) -> None:
    await agree(pair, hers="feelings", his="nothing")
    mine = await shares(pair, "weather")
    pair.hers.queue("check_ins.edit", {"id": mine, "mood": 5, "feelings": ["calm"], "note": "better"})
    await pair.hers.talk()
    await pair.his.talk()
    assert seen(pair) == [{"mood": 5, "feelings": [], "note": None}]


@pytest.mark.parametrize(
    ("shared", "edit", "shows"),
    [
        ("weather", {"note": "nothing for ben"}, False),
        ("weather", {"energy": 2, "contexts": ["work"], "feelings": ["calm"]}, False),
        ("checked-in", {"mood": 5}, False),
        ("note", {"note": "the whole night"}, False),
        ("weather", {"mood": 5}, True),
        ("feelings", {"feelings": []}, True),
        ("note", {"note": None}, True),
    ],
)
async def test_rule_13_that_something_else_of_it_was_changed_is_not_told(
    pair: Pair, shared: str, edit: dict[str, Any], *, shows: bool
) -> None:
    await agree(pair, hers="note", his="nothing")
    mine = await shares(pair, shared)
    before = pair.his.cookie
    pair.hers.queue("check_ins.edit", {"id": mine, **edit})
    pair.hers.queue("shared_check_ins.share", {"pair": pair.id, "id": mine, "level": shared})
    assert (await pair.hers.talk()).refusals == []
    reply = await pair.his.talk()
    # The version of the pair stands in the cookie; whose is as it was, nobody is asked to pull.
    assert (bool(reply.rows), pair.his.cookie != before) == (shows, shows)
    assert await shares_again(pair, mine) == [edit.get(name, MOMENT[name]) for name in ("mood", "feelings", "note")]


async def shares_again(pair: Pair, mine: str) -> list[object]:
    """Shared as far as can be, it is the check-in as it is now."""
    pair.hers.queue("shared_check_ins.share", {"pair": pair.id, "id": mine, "level": "note"})
    await pair.hers.talk()
    await pair.his.talk()
    [row] = seen(pair)
    return list(row.values())


@pytest.mark.parametrize("how", ["check_ins.delete", "shared_check_ins.take_back"])
async def test_rule_13_deleted_or_taken_back_it_is_gone_from_the_other_at_the_next_contact(
    pair: Pair, how: str, database: Database
) -> None:
    await agree(pair, hers="note", his="nothing")
    mine = await shares(pair, "note")
    other = await shares(pair, "weather")
    pair.hers.queue(how, {"pair": pair.id, "id": mine})
    await pair.hers.talk()
    async with database.connection() as connection:
        assert await connection.fetchval("SELECT count(*) FROM shared_check_in WHERE note IS NOT NULL") == 0
    await pair.his.talk()
    assert seen(pair) == [SEEN["weather"]]
    # Undone, it is the member's again, and nobody else's until it is shared once more.
    pair.hers.queue("check_ins.record", check_in(**MOMENT, id=mine))
    await pair.hers.talk()
    await pair.his.talk()
    assert len(seen(pair)) == 1
    pair.hers.queue("shared_check_ins.share", {"pair": pair.id, "id": other, "level": "note"})
    await pair.hers.talk()
    await pair.his.talk()
    assert seen(pair) == [SEEN["note"]]


async def narrows(pair: Pair, level: str, how: str) -> None:
    """Ada shares less from now on, with a proposal or by itself."""
    if how == "agreements.propose":
        await propose(pair, pair.hers, terms(level))
    else:
        pair.hers.queue(how, {"pair": pair.id, "level": level})
        assert (await pair.hers.talk()).refusals == []
    await pair.his.talk()


@pytest.mark.parametrize("how", ["agreements.propose", "agreements.narrow"])
@pytest.mark.parametrize("narrow", LEVELS[:4])
async def test_rule_13_agreeing_on_less_takes_back_what_was_shared_before(pair: Pair, narrow: str, how: str) -> None:
    await agree(pair, hers="note", his="note")
    his = check_in(**MOMENT)
    pair.his.queue("check_ins.record", his)
    pair.his.queue("shared_check_ins.share", {"pair": pair.id, "id": his["id"], "level": "note"})
    await pair.his.talk()
    mine = [await shares(pair, "note") for _ in range(3)]
    await narrows(pair, narrow, how)
    after = [row for row in seen(pair) if row != SEEN["note"]]
    assert after == ([] if SEEN[narrow] is None else [SEEN[narrow]] * 3)
    assert [row for row in seen(pair) if row == SEEN["note"]] == [SEEN["note"]], "ben's own is ben's to take back"
    levels = {row["level"] for row in pair.his.living("shared_check_in").values() if row["sharedBy"] == pair.ada}
    assert levels == (set() if SEEN[narrow] is None else {narrow})
    versions = sorted(row["version"] for (_, _), row in pair.his.rows.items() if str(row["space"]) == pair.id)
    assert len(versions) == len(set(versions))
    # Widened again, an edit brings nothing back either.
    await propose(pair, pair.hers, terms("note"))
    pair.hers.queue("check_ins.edit", {"id": mine[0], "contexts": []})
    await pair.hers.talk()
    await pair.his.talk()
    assert len([row for row in seen(pair) if row == SEEN["note"]]) == 1


async def test_rule_13_agreeing_on_more_touches_nothing_that_was_shared_before(pair: Pair) -> None:
    await agree(pair, hers="weather", his="nothing")
    mine = await shares(pair, "note")
    await agree(pair, hers="note", his="nothing")
    await pair.his.talk()
    assert seen(pair) == [SEEN["weather"]]
    pair.hers.queue("check_ins.edit", {"id": mine, "mood": 3})
    await pair.hers.talk()
    await pair.his.talk()
    assert seen(pair) == [{"mood": 3, "feelings": [], "note": None}]


async def test_rule_13_a_share_never_refuses_the_check_in(pair: Pair) -> None:
    await agree(pair, hers="note", his="nothing")
    pair.his.queue("pairs.end", {"pair": pair.id})
    await pair.his.talk()
    mine = check_in()
    pair.hers.queue("check_ins.record", mine)
    for shared in (mine["id"], str(uuid4())):
        pair.hers.queue("shared_check_ins.share", {"pair": pair.id, "id": shared, "level": "note"})
        pair.hers.queue("shared_check_ins.take_back", {"pair": pair.id, "id": shared})
    reply = await pair.hers.talk()
    assert (reply.refusals, reply.last) == ([], pair.hers.number)
    assert set(pair.hers.living()) == {UUID(mine["id"])}


async def test_rule_13_nobody_shares_what_is_not_theirs(pair: Pair) -> None:
    await agree(pair, hers="note", his="note")
    mine = await shares(pair, "nothing")
    pair.his.queue("shared_check_ins.share", {"pair": pair.id, "id": mine, "level": "note"})
    await pair.his.talk()
    assert seen(pair) == []


async def test_rule_13_what_is_shared_with_one_is_shared_with_nobody_else(
    town: Town, pair: Pair, ada: Actor, cleo: Actor
) -> None:
    other = await town.two_phones(ada, cleo)
    await agree(other, hers="note", his="note")
    await pair.hers.talk()
    await agree(pair, hers="weather", his="note")
    mine = await shares(pair, "note")
    await other.his.talk()
    assert seen(other) == []
    pair.hers.queue("check_ins.edit", {"id": mine, "mood": 1})
    await pair.hers.talk()
    await other.his.talk()
    assert seen(other) == []


async def shares_one(pair: Pair) -> list[str]:
    """Ada shares one more check-in; why it was refused, if it was."""
    mine = check_in(**MOMENT)
    pair.hers.queue("check_ins.record", mine)
    share = pair.hers.queue("shared_check_ins.share", {"pair": pair.id, "id": mine["id"], "level": "note"})
    return [refusal.reason for refusal in (await pair.hers.talk()).refusals if refusal.id == share.id]


async def test_rule_13_a_share_is_never_refused_however_many_there_are(pair: Pair) -> None:
    """A phone that was offline for long brings many at once."""
    await agree(pair, hers="note", his="nothing")
    assert [await shares_one(pair) for _ in range(102)] == [[]] * 102
    pair.hers.queue("agreements.narrow", {"pair": pair.id, "level": "weather"})
    assert await shares_one(pair) == []
    await pair.his.talk()
    assert len(seen(pair)) == len(pair.hers.living()) == 103
    assert {shared["note"] for shared in seen(pair)} == {None}
