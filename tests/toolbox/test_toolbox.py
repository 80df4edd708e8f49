"""What a member can do with their toolbox, through sync as a phone does it."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from app.db import Database
from app.toolbox.rules import MOST_STRATEGIES
from tests.sync.phone import Phone


def strategy(**given: object) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "title": "Cold water",
        "kind": "ground",
        "steps": [{"text": "Let it run over your wrists", "seconds": 30}, {"text": "Breathe out", "seconds": None}],
        "minutes": 2,
        "moods": [1, 2],
        "feelings": ["restless"],
        "contexts": ["sleep"],
        "places": ["in-bed", "own:am Steg"],
        "source": None,
        **given,
    }


def practice(of: str | None = None, **given: object) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "strategy": of,
        "exercise": None if of else "box-breathing",
        "moodBefore": 2,
        "moodAfter": 3,
        "again": True,
        "feelings": ["restless"],
        "contexts": ["sleep"],
        "happenedAt": "2026-11-22T07:15:00.000+01:00",
        "zone": "Europe/Berlin",
        **given,
    }


def without_id(args: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in args.items() if name != "id"}


async def test_a_strategy_and_its_tries_are_the_same_on_the_other_phone(phone: Phone, second_phone: Phone) -> None:
    mine = strategy(title="  Kaltes Wasser 💧 ", source="template:cold-water")
    tries = [practice(mine["id"]), practice(moodBefore=None, moodAfter=None, again=None)]
    phone.queue("strategies.set", mine)
    for one in tries:
        phone.queue("practices.record", one)
    assert (await phone.talk()).refusals == []
    await second_phone.talk()
    assert second_phone.living("strategy") == {UUID(mine["id"]): without_id(mine) | {"title": "Kaltes Wasser 💧"}}
    assert second_phone.living("practice") == {UUID(one["id"]): without_id(one) for one in tries}


async def test_what_is_said_again_replaces_what_was_there(phone: Phone, second_phone: Phone) -> None:
    mine, tried = strategy(), practice()
    phone.queue("strategies.set", mine)
    phone.queue("practices.record", tried)
    phone.queue("strategies.set", mine | {"title": "Warm water", "steps": []})
    phone.queue("practices.record", tried | {"moodAfter": 4})
    await phone.talk()
    await second_phone.talk()
    assert [(one["title"], one["steps"]) for one in second_phone.living("strategy").values()] == [("Warm water", [])]
    assert [one["moodAfter"] for one in second_phone.living("practice").values()] == [4]


async def test_a_deleted_strategy_keeps_nothing_and_its_tries_stay(
    phone: Phone, second_phone: Phone, database: Database
) -> None:
    mine = strategy()
    tried, forgotten = practice(mine["id"]), practice(mine["id"])
    phone.queue("strategies.set", mine)
    phone.queue("practices.record", tried)
    phone.queue("practices.record", forgotten)
    await phone.talk()
    for _ in range(2):
        phone.queue("strategies.delete", {"id": mine["id"]})
        phone.queue("practices.delete", {"id": forgotten["id"]})
    assert (await phone.talk()).refusals == []
    await second_phone.talk()
    assert second_phone.living("strategy") == {}
    assert list(second_phone.living("practice")) == [UUID(tried["id"])]
    async with database.connection() as connection:
        kept = await connection.fetchval("SELECT row_to_json(s)::text FROM strategy s")
        kept += await connection.fetchval("SELECT row_to_json(p)::text FROM practice p WHERE deleted")
    for word in ("water", "wrists", "restless", "steg", "sleep", "box-breathing", "2026-11-22T07:15"):
        assert word not in kept.lower()
    phone.queue("strategies.set", mine)
    await phone.talk()
    assert list(phone.living("strategy")) == [UUID(mine["id"])], "undone"


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"title": "  "}, "title-missing"),
        ({"title": "x" * 81}, "title-too-long"),
        ({"title": "a\x00b"}, "invalid"),
        ({"kind": "cure"}, "invalid"),
        ({"steps": [{"text": "x"}] * 31}, "too-many-steps"),
        ({"steps": [{"text": "x" * 501}]}, "step-too-long"),
        ({"steps": [{"text": " "}]}, "invalid"),
        ({"steps": [{"text": "a\x00b"}]}, "invalid"),
        ({"steps": [{"text": "x", "seconds": 0}]}, "invalid"),
        ({"steps": [{"text": "x", "seconds": 3601}]}, "invalid"),
        ({"minutes": 0}, "minutes-out-of-range"),
        ({"minutes": 241}, "minutes-out-of-range"),
        ({"moods": [6]}, "mood-out-of-range"),
        ({"moods": [1, 1]}, "invalid"),
        ({"places": ["x" * 65]}, "word-too-long"),
        ({"contexts": ["own: "]}, "invalid"),
        ({"feelings": ["x"] * 31}, "too-many-words"),
        ({"source": ""}, "invalid"),
        ({"source": "x" * 201}, "invalid"),
    ],
)
async def test_a_strategy_that_cannot_be_kept_is_refused(phone: Phone, changed: dict[str, Any], reason: str) -> None:
    phone.queue("strategies.set", strategy(**changed))
    assert [refusal.reason for refusal in (await phone.talk()).refusals] == [reason]
    assert phone.living("strategy") == {}


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"strategy": None, "exercise": None}, "invalid"),
        ({"strategy": str(uuid4())}, "invalid"),
        ({"exercise": ""}, "invalid"),
        ({"exercise": "x" * 65}, "invalid"),
        ({"moodBefore": 0}, "mood-out-of-range"),
        ({"moodAfter": 6}, "mood-out-of-range"),
        ({"zone": "not a zone"}, "unknown-zone"),
        ({"happenedAt": "2036-11-22T07:15:00.000+01:00"}, "in-the-future"),
        ({"happenedAt": "2026-11-22T07:15:00.000"}, "invalid"),
        ({"contexts": ["x" * 65]}, "word-too-long"),
    ],
)
async def test_a_try_that_cannot_be_is_refused(phone: Phone, changed: dict[str, Any], reason: str) -> None:
    phone.queue("practices.record", practice(**changed))
    assert [refusal.reason for refusal in (await phone.talk()).refusals] == [reason]
    assert phone.living("practice") == {}


async def test_a_toolbox_has_an_end_and_a_full_one_can_be_changed(phone: Phone, database: Database) -> None:
    first = strategy()
    phone.queue("strategies.set", first)
    await phone.talk()
    async with database.connection() as connection:
        await connection.execute(
            "INSERT INTO strategy SELECT s.space_id, gen_random_uuid(), s.version + n, false, s.written_at, s.title,"
            " s.kind, s.steps, s.minutes, s.moods, s.feelings, s.contexts, s.places, s.source"
            " FROM strategy s, generate_series(1, $1) n",
            MOST_STRATEGIES - 1,
        )
        await connection.execute("UPDATE space SET version = version + $1", MOST_STRATEGIES)
    phone.queue("strategies.set", strategy())
    phone.queue("strategies.set", first | {"title": "Still mine"})
    assert [refusal.reason for refusal in (await phone.talk()).refusals] == ["too-many-strategies"]
    assert phone.living("strategy")[UUID(first["id"])]["title"] == "Still mine"
