"""What a member can do with check-ins, through sync as a phone does it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from app.db import Database
from tests.sync.phone import Phone, check_in

ZONE_OF_KIRIBATI = "Pacific/Kiritimati"


async def test_what_was_recorded_comes_back_to_the_letter(phone: Phone, second_phone: Phone) -> None:
    args = check_in(
        mood=4,
        energy=3,
        feelings=["worn-out", "own:Heimweh 🏠"],
        contexts=["sleep"],
        note="Zeile 1\n\tZeile 2 — “zitiert” \\ é e\u0301 👩‍👩‍👧",
        happenedAt="2026-11-22T21:30:00.250+14:00",
        zone=ZONE_OF_KIRIBATI,
    )
    phone.queue("check_ins.record", args)
    await phone.talk()
    await second_phone.talk()
    expected = {key: value for key, value in args.items() if key != "id"}
    assert second_phone.living()[UUID(args["id"])] == expected


async def test_the_local_date_is_the_one_on_the_clock_where_it_happened(phone: Phone, database: Database) -> None:
    for happened_at in ("2026-11-22T00:30:00.000+14:00", "2026-11-20T23:30:00.000-11:00"):
        phone.queue("check_ins.record", check_in(happenedAt=happened_at))
    await phone.talk()
    async with database.connection() as connection:
        dates = await connection.fetch("SELECT local_date::text FROM check_in ORDER BY version")
    assert [row["local_date"] for row in dates] == ["2026-11-22", "2026-11-20"]


async def test_two_phones_that_edit_different_fields_both_get_their_way(phone: Phone, second_phone: Phone) -> None:
    args = check_in(mood=2, note="before")
    phone.queue("check_ins.record", args)
    await phone.talk()
    phone.queue("check_ins.edit", {"id": args["id"], "mood": 4})
    second_phone.queue("check_ins.edit", {"id": args["id"], "note": "after", "energy": 1})
    await phone.talk()
    await second_phone.talk()
    await phone.talk()
    data = phone.living()[UUID(args["id"])]
    assert (data["mood"], data["note"], data["energy"]) == (4, "after", 1)


async def test_check_ins_sent_together_are_taken_in_their_order(phone: Phone, second_phone: Phone) -> None:
    twice, once, deleted = check_in(mood=1), check_in(mood=3), check_in(mood=5)
    phone.queue("check_ins.record", twice)
    phone.queue("check_ins.record", once)
    phone.queue("check_ins.record", twice | {"mood": 2})
    phone.queue("check_ins.record", deleted)
    phone.queue("check_ins.delete", {"id": deleted["id"]})
    phone.queue("check_ins.record", check_in(mood=9))
    phone.queue("check_ins.record", check_in(mood=4))
    reply = await phone.talk()
    assert [(refusal.number, refusal.reason) for refusal in reply.refusals] == [(6, "mood-out-of-range")]
    await second_phone.talk()
    assert sorted(data["mood"] for data in second_phone.living().values()) == [2, 3, 4]
    assert sorted(row["version"] for row in second_phone.rows.values()) == [2, 3, 5, 6]


async def test_an_edit_can_empty_what_may_be_skipped(phone: Phone) -> None:
    args = check_in(note="gone soon", energy=2, feelings=["calm"])
    phone.queue("check_ins.record", args)
    phone.queue("check_ins.edit", {"id": args["id"], "note": None, "energy": None, "feelings": []})
    await phone.talk()
    data = phone.living()[UUID(args["id"])]
    assert (data["note"], data["energy"], data["feelings"]) == (None, None, [])


async def test_an_edit_of_the_time_moves_the_date_with_it(phone: Phone, database: Database) -> None:
    args = check_in()
    phone.queue("check_ins.record", args)
    phone.queue("check_ins.edit", {"id": args["id"], "happenedAt": "2025-01-01T00:10:00.000+09:00"})
    await phone.talk()
    async with database.connection() as connection:
        row = await connection.fetchrow("SELECT local_date::text, happened_at::text FROM check_in")
    assert row is not None
    assert tuple(row) == ("2025-01-01", "2024-12-31 15:10:00+00")


async def test_nothing_of_a_deleted_check_in_stays_on_the_server(phone: Phone, database: Database) -> None:
    args = check_in(note="canary-note", feelings=["own:canary-word"])
    phone.queue("check_ins.record", args)
    phone.queue("check_ins.delete", {"id": args["id"]})
    reply = await phone.talk()
    assert [(row.deleted, row.data) for row in reply.rows] == [(True, None)]
    async with database.connection() as connection:
        stored = await connection.fetchval("SELECT row_to_json(check_in)::text FROM check_in")
    assert "canary" not in stored


async def test_undoing_a_deletion_brings_it_back_whole(phone: Phone) -> None:
    args = check_in(note="still here")
    for name, sent in (("record", args), ("delete", {"id": args["id"]}), ("record", args)):
        phone.queue(f"check_ins.{name}", sent)
    await phone.talk()
    assert phone.living()[UUID(args["id"])]["note"] == "still here"


async def test_deleting_twice_is_no_fault_and_takes_no_version(phone: Phone) -> None:
    args = check_in()
    phone.queue("check_ins.record", args)
    for _ in range(2):
        phone.queue("check_ins.delete", {"id": args["id"]})
    phone.queue("check_ins.record", check_in())
    reply = await phone.talk()
    assert reply.refusals == []
    assert sorted(row["version"] for row in phone.rows.values()) == [2, 3]


async def test_an_edit_of_what_another_phone_deleted_is_refused_so_that_its_words_are_kept(
    phone: Phone, second_phone: Phone
) -> None:
    args = check_in()
    phone.queue("check_ins.record", args)
    await phone.talk()
    await second_phone.talk()
    phone.queue("check_ins.delete", {"id": args["id"]})
    await phone.talk()
    second_phone.queue("check_ins.edit", {"id": args["id"], "note": "my words"})
    reply = await second_phone.talk()
    assert [refusal.reason for refusal in reply.refusals] == ["gone"]


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"mood": 0}, "mood-out-of-range"),
        ({"mood": 6}, "mood-out-of-range"),
        ({"mood": 10**30}, "mood-out-of-range"),
        ({"mood": "3"}, "invalid"),
        ({"mood": None}, "invalid"),
        ({"mood": 2.5}, "invalid"),
        ({"energy": 0}, "energy-out-of-range"),
        ({"energy": 4}, "energy-out-of-range"),
        ({"note": "x" * 4001}, "note-too-long"),
        ({"note": "👩" * 4001}, "note-too-long"),
        ({"note": "a\x00b"}, "invalid"),
        ({"feelings": ["calm"] * 31}, "too-many-words"),
        ({"contexts": ["x" * 65]}, "word-too-long"),
        ({"feelings": [""]}, "invalid"),
        ({"feelings": ["own: "]}, "invalid"),
        ({"happenedAt": "2026-11-22T08:00:00"}, "invalid"),
        ({"happenedAt": "yesterday"}, "invalid"),
        ({"happenedAt": "1899-12-31T23:59:00.000Z"}, "too-long-ago"),
        ({"happenedAt": "0001-01-01T00:00:00.000+14:00"}, "too-long-ago"),
        ({"happenedAt": "9999-12-31T23:59:59.999-12:00"}, "in-the-future"),
        ({"zone": "Europe/<b>"}, "unknown-zone"),
        ({"zone": ""}, "unknown-zone"),
    ],
)
@pytest.mark.parametrize("name", ["record", "edit"])
async def test_what_cannot_be_is_refused_and_nothing_is_written(
    phone: Phone, name: str, given: dict[str, Any], reason: str
) -> None:
    before = check_in(note="as it was")
    phone.queue("check_ins.record", before)
    wrong = {"id": before["id"], **given} if name == "edit" else check_in(**given)
    phone.queue(f"check_ins.{name}", wrong)
    reply = await phone.talk()
    assert [refusal.reason for refusal in reply.refusals] == [reason]
    assert [data["note"] for data in phone.living().values()] == ["as it was"]


@pytest.mark.parametrize("note", ["x" * 4000, "👩" * 4000, "e\u0301" * 2000])
async def test_a_note_is_counted_in_code_points(phone: Phone, note: str) -> None:
    phone.queue("check_ins.record", check_in(note=note))
    reply = await phone.talk()
    assert reply.refusals == []
    assert [data["note"] for data in phone.living().values()] == [note]


async def test_a_zone_that_only_the_phone_knows_is_kept(phone: Phone) -> None:
    phone.queue("check_ins.record", check_in(zone="America/Argentina/New_Town"))
    assert (await phone.talk()).refusals == []
