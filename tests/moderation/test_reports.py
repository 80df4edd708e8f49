"""Somebody reports a buddy: what is kept, who learns of it, and what comes of it."""

from __future__ import annotations

import json
import logging
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from app.asgi import registry
from app.buddies import missed
from app.buddies import rules as buddy_rules
from app.buddies import service as buddies
from app.cannot_start import CannotStart
from app.db import Database
from app.moderation import operating, rules, service, waiting
from app.spaces.actor import Actor
from app.sync.pokes import CHANNEL, Pokes
from app.sync.service import Sync
from app.worker.waker import wake_once
from tests.buddies.conftest import Pair, Town
from tests.buddies.test_agreements import agree
from tests.buddies.test_sharing import shares
from tests.sync.phone import NOW, Phone

WAKES = {waiting.DUE: waiting.wake}
CANARY = "canary-51c2"


def report(pair: str, **given: object) -> dict[str, Any]:
    return {"id": str(uuid4()), "pair": pair, "category": "harassing", "text": "It goes on.", **given}


async def sends(phone: Phone, **said: Any) -> list[str]:  # noqa: ANN401
    """A report is sent; why it was refused, if it was."""
    queued = phone.queue("reports.send", json.dumps(said).encode())
    return [refusal.reason for refusal in (await phone.talk()).refusals if refusal.id == queued.id]


@pytest.fixture
async def shared(pair: Pair) -> str:
    """Ada has shared a check-in with ben: the id of the row that he sees."""
    await agree(pair, hers="note", his="nothing")
    await shares(pair, "note", note=f"Words of ada, {CANARY}.")
    ((id_, _),) = pair.his.living("shared_check_in").items()
    return str(id_)


async def evidence(look: asyncpg.Connection) -> list[tuple[UUID, str, str]]:
    rows = await look.fetch("SELECT author_id, kind, text FROM report_evidence ORDER BY number, place")
    return [(row["author_id"], row["kind"], row["text"]) for row in rows]


async def test_the_server_itself_copies_the_rows_that_are_named(
    pair: Pair, shared: str, ada: Actor, look: asyncpg.Connection
) -> None:
    said = report(pair.id, rows=[shared], text="Please look.")
    assert await sends(pair.his, **said) == []
    assert await evidence(look) == [
        (ada.account_id, "name", "Ada"),
        (ada.account_id, "shared_check_in", f"Weather: rainy\nFeelings: heavy\nWords of ada, {CANARY}."),
    ]
    [case] = await service.cases(look)
    assert (case.category, case.text, case.about, case.reporter) == ("harassing", "Please look.", "ada", "ben")
    ((id_, mine),) = pair.his.living("report").items()
    assert id_ == UUID(said["id"])
    assert mine == {
        "category": "harassing",
        "sentAt": mine["sentAt"],
        "state": "received",
        "kept": 1,
        "outcome": None,
        "answer": None,
        "readBy": None,
    }


async def says(pair: Pair, text: str) -> str:
    """Ada writes to ben: the id of the message."""
    id_ = str(uuid4())
    pair.hers.queue("messages.send", {"pair": pair.id, "id": id_, "text": text})
    assert (await pair.hers.talk()).refusals == []
    return id_


async def deletes(pair: Pair, *messages: str) -> None:
    for message in messages:
        pair.hers.queue("messages.delete", {"pair": pair.id, "id": message})
    assert (await pair.hers.talk()).refusals == []


async def copied(look: asyncpg.Connection) -> list[tuple[str, str, bool]]:
    rows = await look.fetch("SELECT kind, text, was_deleted FROM report_evidence WHERE place > 0 ORDER BY place")
    return [(row["kind"], row["text"], row["was_deleted"]) for row in rows]


async def test_messages_and_signs_are_copied_also_those_that_were_deleted_before_the_report_came(
    pair: Pair, shared: str, look: asyncpg.Connection
) -> None:
    stays, goes, other = await says(pair, "stays"), await says(pair, "goes"), await says(pair, "not chosen")
    sign = str(uuid4())
    pair.hers.now = NOW + timedelta(minutes=1)
    pair.hers.queue("signals.send", {"pair": pair.id, "id": sign, "signal": "thinking"})
    await pair.hers.talk()
    await deletes(pair, goes, other)
    assert await sends(pair.his, **report(pair.id, rows=[stays, goes, sign])) == []
    assert sorted(await copied(look)) == [
        ("message", "goes", True),
        ("message", "stays", False),
        ("signal", "Thinking of you", False),
    ]


async def test_what_the_other_deleted_can_be_reported_unseen_for_14_days(
    pair: Pair, shared: str, look: asyncpg.Connection
) -> None:
    mine = str(uuid4())
    pair.his.queue("messages.send", {"pair": pair.id, "id": mine, "text": "ben's own"})
    pair.his.queue("messages.delete", {"pair": pair.id, "id": mine})
    await pair.his.talk()
    await says(pair, "still there")
    await deletes(pair, await says(pair, "gone"))
    pair.his.now = NOW + timedelta(days=14, seconds=-1)
    assert await sends(pair.his, **report(pair.id, deleted=True)) == []
    assert await copied(look) == [("message", "gone", True)]
    pair.his.now = NOW + timedelta(days=14)
    await look.execute("DELETE FROM report_case")
    assert await sends(pair.his, **report(pair.id, deleted=True)) == []
    assert await copied(look) == []


async def test_what_is_named_is_copied_however_much_was_deleted_after_it(
    pair: Pair, shared: str, look: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(buddy_rules, "MOST_REPORTED", 2)
    named = await says(pair, "named")
    pair.hers.now = NOW + timedelta(minutes=1)
    await deletes(pair, named, *[await says(pair, f"harmless {n}") for n in range(3)])
    assert await sends(pair.his, **report(pair.id, rows=[named], deleted=True)) == []
    (first, _) = await copied(look)
    assert first == ("message", "named", True)


async def hello(pair: Pair, database: Database, words: str | None, at: datetime) -> None:
    """Ada's words for a missed check-in are said then, or (None) taken back; `pair.ada` is the row that ben sees."""
    wish = {"id": pair.ada, "pair": pair.id, "on": words is not None, "afterHours": 24, "words": words or ""}
    pair.hers.now = at if words is None else at - timedelta(hours=24)
    pair.hers.queue("missed_check_ins.set", wish)
    assert (await pair.hers.talk()).refusals == []
    await wake_once(database, {missed.DUE: missed.wake}, at)


@pytest.mark.parametrize("how", ["taken back", "said anew", "pairs.end", "pairs.block"])
async def test_words_for_a_missed_check_in_that_are_gone_can_be_reported_for_14_days(
    pair: Pair, shared: str, database: Database, look: asyncpg.Connection, how: str
) -> None:
    said = NOW + timedelta(days=1)
    await hello(pair, database, "one", said)
    gone = said + timedelta(days=1)
    if how == "taken back":
        await hello(pair, database, None, gone)
    elif how == "said anew":
        await hello(pair, database, "two", gone)
    else:
        pair.hers.now = gone
        pair.hers.queue(how, {"pair": pair.id})
        await pair.hers.talk()
    pair.his.now = gone + timedelta(days=14, seconds=-1)
    await buddies.prune(look, pair.his.now)
    assert await sends(pair.his, **report(pair.id, deleted=True)) == []
    assert await copied(look) == [("hello", "one", True)]
    await look.execute("DELETE FROM report_case")
    assert await sends(pair.his, **report(pair.id, rows=[pair.ada])) == []
    assert await copied(look) == [("hello", "one", True)] + [("hello", "two", False)] * (how == "said anew")
    await buddies.prune(look, gone + timedelta(days=14))
    assert await look.fetchval("SELECT count(*) FROM kept_words") == 0


async def test_each_of_the_words_for_a_missed_check_in_is_kept(
    pair: Pair, shared: str, database: Database, look: asyncpg.Connection
) -> None:
    for day, words in enumerate(("one", "two", None, "three", None)):
        await hello(pair, database, words, NOW + timedelta(days=day + 1))
    pair.his.now = NOW + timedelta(days=6)
    assert await sends(pair.his, **report(pair.id, rows=[pair.ada])) == []
    assert [text for _, text, _ in await copied(look)] == ["one", "two", "three"]


async def test_what_went_with_the_pair_can_be_reported(
    town: Town, pair: Pair, shared: str, cleo: Actor, ada: Actor, look: asyncpg.Connection
) -> None:
    named = await says(pair, "named")
    await says(pair, "unnamed")
    pair.hers.queue("pairs.end", {"pair": pair.id})
    await pair.hers.talk()
    assert await sends(pair.his, **report(pair.id, rows=[named])) == []
    assert await copied(look) == [("message", "named", True)]
    await look.execute("DELETE FROM report_case")
    assert await sends(pair.his, **report(pair.id, deleted=True)) == []
    assert sorted(text for _, text, _ in await copied(look)) == ["named", "unnamed"]
    # Cleo, who has a pair with ada too, gets none of it.
    await look.execute("DELETE FROM report_case")
    other = await town.two_phones(ada, cleo)
    assert await sends(other.his, **report(other.id, rows=[named], deleted=True)) == []
    assert await sends(other.his, **report(pair.id, rows=[named], deleted=True)) == ["not-yours"]
    assert await copied(look) == []


async def test_what_its_author_takes_away_afterwards_stays_in_the_report(
    pair: Pair, shared: str, look: asyncpg.Connection
) -> None:
    await sends(pair.his, **report(pair.id, rows=[shared]))
    (mine,) = pair.hers.living()
    pair.hers.queue("check_ins.delete", {"id": str(mine)})
    await pair.hers.talk()
    assert CANARY in (await evidence(look))[1][2]


async def test_the_one_it_is_about_learns_nothing(pair: Pair, shared: str, ada: Actor) -> None:
    before = await pair.hers.talk()
    await sends(pair.his, **report(pair.id, rows=[shared]))
    after = await pair.hers.talk()
    assert (after.rows, after.spaces, after.cookie) == (before.rows, before.spaces, before.cookie)
    assert pair.hers.living("report") == {}


@pytest.mark.parametrize("end", ["end", "block"])
async def test_the_pair_is_over_once_the_report_is_kept(
    pair: Pair, shared: str, ada: Actor, ben: Actor, look: asyncpg.Connection, end: str
) -> None:
    assert await sends(pair.his, **report(pair.id, rows=[shared], end=end)) == []
    assert [kind for _, kind, _ in await evidence(look)] == ["name", "shared_check_in"]
    reply = await pair.hers.talk()
    assert UUID(pair.id) not in {space.id for space in reply.spaces}
    blocked = await look.fetchval("SELECT true FROM block WHERE account_id = $1 AND blocked_id = $2", *_ids(ben, ada))
    assert bool(blocked) == (end == "block")
    [case] = await service.cases(look)
    assert case.parted == end


def _ids(*actors: Actor) -> list[UUID]:
    return [actor.account_id for actor in actors]


async def test_sent_twice_it_is_one_report(pair: Pair, shared: str, look: asyncpg.Connection) -> None:
    said = report(pair.id, rows=[shared], end="block")
    assert await sends(pair.his, **said) == []
    assert await sends(pair.his, **said) == []
    assert await look.fetchval("SELECT count(*) FROM report_case") == 1
    assert len(await evidence(look)) == 2


async def test_for_14_days_somebody_who_is_no_buddy_any_more_can_be_reported(
    town: Town, pair: Pair, ada: Actor, ben: Actor, look: asyncpg.Connection
) -> None:
    pair.hers.queue("pairs.end", {"pair": pair.id})
    await pair.hers.talk()
    pair.his.now = NOW + timedelta(days=14, seconds=-1)
    [parted] = await buddies.partings_of(look, ben.account_id, pair.his.now)
    assert (str(parted.pair_id), parted.name, parted.other_id) == (pair.id, "Ada", ada.account_id)
    assert await sends(pair.his, **report(pair.id, end="block")) == []
    [case] = await service.cases(look)
    assert (case.about, case.kept) == ("ada", 0)
    assert await look.fetchval("SELECT count(*) FROM block") == 1
    pair.his.now = NOW + timedelta(days=14)
    assert await buddies.partings_of(look, ben.account_id, pair.his.now) == []
    assert await sends(pair.his, **report(pair.id)) == ["not-yours"]
    await buddies.prune(look, pair.his.now)
    assert await look.fetchval("SELECT count(*) FROM parting") == 0


async def test_a_block_with_a_late_report_does_not_outweigh_a_later_yes(
    town: Town, pair: Pair, ada: Actor, ben: Actor, look: asyncpg.Connection
) -> None:
    pair.hers.queue("pairs.end", {"pair": pair.id})
    await pair.hers.talk()
    await town.pair(ada, ben)
    assert await sends(pair.his, **report(pair.id, end="block")) == []
    assert await look.fetchval("SELECT count(*) FROM block") == 0
    assert await look.fetchval("SELECT count(*) FROM space WHERE kind = 'pair'") == 1
    # Whoever reads it is not told of a block that there is not.
    [case] = await service.cases(look)
    assert (case.about, case.parted) == ("ada", "no")


async def test_who_is_a_buddy_again_is_not_among_those_who_were(
    town: Town, pair: Pair, ada: Actor, ben: Actor, look: asyncpg.Connection
) -> None:
    pair.hers.queue("pairs.end", {"pair": pair.id})
    await pair.hers.talk()
    await town.pair(ada, ben)
    assert await buddies.partings_of(look, ben.account_id, NOW) == []


async def test_an_outsider_reports_nobody_and_copies_nothing(
    town: Town, pair: Pair, shared: str, ben: Actor, cleo: Actor, look: asyncpg.Connection
) -> None:
    hers = town.phone(cleo)
    assert await sends(hers, **report(pair.id, rows=[shared])) == ["not-yours"]
    assert await sends(hers, **report(str(cleo.journal_id), rows=[shared])) == ["not-yours"]
    other = await town.two_phones(cleo, ben)
    # Of her own pair, with the id of another's row.
    assert await sends(other.hers, **report(other.id, rows=[shared, str(uuid4())])) == []
    assert [kind for _, kind, _ in await evidence(look)] == ["name"]
    assert await look.fetchval("SELECT kept FROM report") == 0


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"text": "x" * 2001}, "text-too-long"),
        ({"text": "\ud800"}, "invalid"),
        ({"category": "boring"}, "invalid"),
        ({"end": "at-once"}, "invalid"),
        ({"rows": [str(uuid4()) for _ in range(51)]}, "invalid"),
        ({"rows": [str(UUID(int=1))] * 2}, "invalid"),
    ],
)
async def test_what_no_phone_of_ours_sends_is_refused(pair: Pair, wrong: dict[str, Any], reason: str) -> None:
    assert await sends(pair.his, **report(pair.id, **wrong)) == [reason]
    assert pair.his.living("report") == {}


async def test_so_many_a_day_and_nobody_is_held_in_a_pair_by_that(pair: Pair, look: asyncpg.Connection) -> None:
    for _ in range(rules.MOST_A_DAY):
        assert await sends(pair.his, **report(pair.id)) == []
    assert await sends(pair.his, **report(pair.id)) == ["too-many-reports"]
    pair.his.now = NOW + timedelta(days=1)
    assert await sends(pair.his, **report(pair.id)) == []
    pair.his.now = NOW + timedelta(hours=1)
    assert await sends(pair.his, **report(pair.id, end="end")) == []
    # From then on they count as any other.
    assert await sends(pair.his, **report(pair.id, end="end")) == ["too-many-reports"]


async def test_the_reporter_is_told_who_reads_it(database: Database, pair: Pair, ben: Actor) -> None:
    named = Sync(database, registry("two coordinators"), Pokes(database), build="test")
    phone = Phone(named, ben)
    assert await sends(phone, **report(pair.id)) == []
    (mine,) = phone.living("report").values()
    assert mine["readBy"] == "two coordinators"


async def test_closed_it_tells_the_reporter_what_came_of_it_and_nobody_else(
    pair: Pair, database: Database, look: asyncpg.Connection
) -> None:
    await pair.hers.talk()
    await sends(pair.his, **report(pair.id))
    [case] = await service.cases(look)
    said: list[str] = []
    heard: list[object] = []

    def hear(_connection: object, _process: int, _channel: str, payload: object) -> None:
        heard.append(payload)

    await look.add_listener(CHANNEL, hear)
    await operating.close(database, case.number, "spoken-with", "We rang them.", NOW, said.append)
    assert said[0].startswith(f"Report {case.number} is closed. The reporter is told: it was read, and somebody spoke")
    await look.execute("SELECT 1")
    assert heard == [f"pull {pair.his.actor.account_id}\n"]
    await pair.his.talk()
    (mine,) = pair.his.living("report").values()
    assert (mine["state"], mine["outcome"], mine["answer"]) == ("closed", "spoken-with", "We rang them.")
    assert (await pair.hers.talk()).rows == []
    with pytest.raises(CannotStart, match=f"Report {case.number} was closed before"):
        await operating.close(database, case.number, "acted", "", NOW, said.append)
    assert await service.cases(look) == []
    [closed] = await service.cases(look, closed=True)
    assert closed.outcome == "spoken-with"


async def test_90_days_after_it_was_closed_what_was_copied_is_gone_and_that_it_was_made_stays(
    pair: Pair, shared: str, database: Database, look: asyncpg.Connection
) -> None:
    await sends(pair.his, **report(pair.id, rows=[shared]))
    [case] = await service.cases(look)
    await operating.close(database, case.number, "acted", "", NOW, lambda _: None)
    await service.prune(look, NOW + timedelta(days=90, seconds=-1))
    assert len(await evidence(look)) == 2
    await service.prune(look, NOW + timedelta(days=90))
    assert await look.fetchval("SELECT count(*) FROM report_case") == 0
    assert await evidence(look) == []
    await pair.his.talk()
    assert len(pair.his.living("report")) == 1


async def test_the_log_says_that_reports_wait_as_they_come_and_once_a_day_and_not_a_word_of_them(
    pair: Pair, shared: str, database: Database, look: asyncpg.Connection, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await sends(pair.his, **report(pair.id, rows=[shared], text=CANARY))

    async def woken(days: float) -> list[str]:
        caplog.clear()
        await wake_once(database, WAKES, NOW + timedelta(days=days))
        assert CANARY not in caplog.text
        return [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]

    assert await woken(0) == ["reports: 1 to be read, the oldest since 2026-11-22 08:00 UTC: `leeward reports list`"]
    assert await woken(0.9) == []
    assert len(await woken(1)) == 1
    [case] = await service.cases(look)
    [waits, oldest] = await waiting.metrics(look, NOW + timedelta(hours=1))
    assert ([one.value for one in waits.samples], [one.value for one in oldest.samples]) == ([1], [3600])
    await operating.close(database, case.number, "acted", "", NOW, lambda _: None)
    assert await woken(3) == []
    assert await look.fetchval("SELECT count(*) FROM due WHERE kind = $1", waiting.DUE) == 0
    [waits, _] = await waiting.metrics(look, NOW)
    assert [one.value for one in waits.samples] == [0]


async def test_the_operator_reads_lists_without_words_and_a_report_with_them(
    pair: Pair, shared: str, database: Database, look: asyncpg.Connection
) -> None:
    escape = "\x1b[2Jgone\u202e\nReport 9: nothing"
    await sends(pair.his, **report(pair.id, rows=[shared], text=escape, category="worried"))
    said: list[str] = []
    await operating.say_list(database, said.append, closed=False)
    assert said[0].endswith("2026-11-22 08:00 UTC  worried about this person  (waits; copied: 1)")
    assert CANARY not in str(said)
    assert "gone" not in str(said)
    said.clear()
    [case] = await service.cases(look)
    await operating.show(database, case.number, said.append)
    text = "\n".join(said)
    assert f"  | Words of ada, {CANARY}." in text
    assert "Shared check-in of the one it is about, 2026-11-22 07:00 UTC:" in text
    assert "  | \\u{1b}[2Jgone\\u{202e}\n  | Report 9: nothing" in text
    assert "\x1b" not in text
    assert "Pair:   the reporter left it as it was" in text
