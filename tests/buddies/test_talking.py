"""What two say to each other: signals and messages, how far each has got them, and what is kept of what is gone."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from app.asgi import prunes, registry
from app.buddies import service
from app.db import Database
from app.push.kinds import Send
from app.spaces.actor import Actor
from app.spaces.open_space import OpenSpace
from app.sync.pull import pull
from app.sync.wire import SyncReply
from tests.buddies.conftest import Pair, Town, decided, waiting
from tests.buddies.test_agreements import agree, propose, terms
from tests.buddies.test_sharing import shares
from tests.sync.phone import NOW, Phone

SIGNALS = ("here", "hard", "thinking", "glad")


@pytest.fixture
async def pair(town: Town, ada: Actor, ben: Actor) -> Pair:
    """Ada and ben, who have agreed."""
    pair = await town.two_phones(ada, ben)
    await agree(pair, hers="note", his="nothing")
    return pair


async def sends(phone: Phone, name: str, **args: object) -> str | None:
    """One change; None when it is taken, otherwise why not."""
    phone.queue(name, args)
    reasons = [refusal.reason for refusal in (await phone.talk(confirmed=_known(phone))).refusals]
    return reasons[-1] if reasons else None


def _known(phone: Phone) -> list[int]:
    return list(range(1, phone.number))


async def says(pair: Pair, text: str = "Slept at all?", phone: Phone | None = None) -> str:
    """Ada writes (or whose phone it is), and both know."""
    message = str(uuid4())
    assert await sends(phone or pair.hers, "messages.send", pair=pair.id, id=message, text=text) is None
    await pair.his.talk()
    await pair.hers.talk()
    return message


def texts(phone: Phone) -> list[str]:
    rows = [row for (kind, _), row in phone.rows.items() if kind == "message" and not row["deleted"]]
    return [row["data"]["text"] for row in sorted(rows, key=lambda row: row["version"])]


async def kept(database: Database) -> list[dict[str, Any]]:
    async with database.connection() as connection:
        return [dict(row) for row in await connection.fetch("SELECT * FROM kept_words ORDER BY written_at, text")]


async def test_a_message_and_a_signal_reach_the_other(pair: Pair) -> None:
    message = await says(pair)
    assert pair.his.living("message") == {
        UUID(message): {"by": pair.ada, "text": "Slept at all?", "sentAt": "2026-11-22T08:00:00+00:00"}
    }
    for signal in SIGNALS:
        assert await sends(pair.hers, "signals.send", pair=pair.id, id=str(uuid4()), signal=signal) is None
    await pair.his.talk()
    assert [row["signal"] for row in pair.his.living("signal").values()] == list(SIGNALS)
    assert {row["by"] for row in pair.his.living("signal").values()} == {pair.ada}
    everything = repr(pair.his.rows)
    for secret in (pair.hers.actor.account_id, pair.hers.actor.journal_id):
        assert str(secret) not in everything


async def test_nothing_is_said_before_both_have_agreed(town: Town, ada: Actor, ben: Actor) -> None:
    pair = await town.two_phones(ada, ben)
    for _ in range(2):
        said = {"pair": pair.id, "id": str(uuid4())}
        assert await sends(pair.hers, "messages.send", **said, text="Hello") == "no-agreement"
        assert await sends(pair.his, "signals.send", **said, signal="here") == "no-agreement"
        await propose(pair, pair.hers, terms("note"))
    await pair.his.talk()
    assert pair.his.living("message") == pair.his.living("signal") == {}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("x" * 2000, None),
        ("🌧" * 2000, None),
        ("x" * 2001, "text-too-long"),
        ("", "invalid"),
        (" \n", "invalid"),
        ("a\0b", "invalid"),
    ],
)
async def test_what_a_message_may_be(pair: Pair, text: str, reason: str | None) -> None:
    assert await sends(pair.hers, "messages.send", pair=pair.id, id=str(uuid4()), text=text) == reason
    await pair.his.talk()
    assert texts(pair.his) == ([text] if reason is None else [])


async def test_a_lone_surrogate_is_refused_and_stops_nothing(pair: Pair) -> None:
    pair.hers.queue("messages.send", b'{"pair": "%s", "id": "%s", "text": "\\ud83c"}' % ((pair.id.encode(),) * 2))
    pair.hers.queue("messages.send", {"pair": pair.id, "id": str(uuid4()), "text": "And on."})
    assert [refusal.reason for refusal in (await pair.hers.talk()).refusals] == ["invalid"]
    await pair.his.talk()
    assert texts(pair.his) == ["And on."]


@pytest.mark.parametrize(
    ("args", "reason"),
    [
        ({"signal": "wave"}, "invalid"),
        ({"signal": None}, "invalid"),
        ({"signal": "here", "about": str(uuid4())}, "invalid"),
    ],
)
async def test_what_a_signal_may_be(pair: Pair, args: dict[str, Any], reason: str) -> None:
    assert await sends(pair.hers, "signals.send", pair=pair.id, id=str(uuid4()), **args) == reason


async def test_a_signal_answers_what_the_other_has_shared_and_each_of_them_once(pair: Pair) -> None:
    mine = await shares(pair, "note")
    ((shared, _),) = pair.his.living("shared_check_in").items()
    answer = {"pair": pair.id, "about": str(shared)}
    for signal in (*SIGNALS, *SIGNALS):
        assert await sends(pair.his, "signals.send", **answer, id=str(uuid4()), signal=signal) is None
    await pair.hers.talk()
    rows = pair.hers.living("signal").values()
    assert [(row["signal"], row["about"]) for row in rows] == [(signal, str(shared)) for signal in SIGNALS]
    # Who answers what was taken back meanwhile could not know.
    other = await shares(pair, "note")
    after = next(id_ for id_ in pair.his.living("shared_check_in") if id_ != shared)
    assert await sends(pair.hers, "check_ins.delete", id=other) is None
    answer["about"] = str(after)
    assert await sends(pair.his, "signals.send", **answer, id=str(uuid4()), signal="hard") is None
    assert mine != other
    # Nobody answers themselves.
    assert await sends(pair.hers, "signals.send", **answer, id=str(uuid4()), signal="here") == "invalid"


async def test_three_nudges_a_day_are_enough_and_an_answer_is_none(pair: Pair) -> None:
    await shares(pair, "note")
    ((shared, _),) = pair.his.living("shared_check_in").items()

    async def nudge(phone: Phone, **args: object) -> str | None:
        return await sends(phone, "signals.send", pair=pair.id, id=str(uuid4()), signal="thinking", **args)

    assert [await nudge(pair.his) for _ in range(3)] == [None] * 3
    assert await nudge(pair.his) == "too-many-nudges"
    assert await nudge(pair.his, about=str(shared)) is None
    assert await nudge(pair.hers) is None
    assert await sends(pair.his, "signals.send", pair=pair.id, id=str(uuid4()), signal="here") is None
    pair.his.now = NOW + timedelta(hours=24, seconds=-1)
    assert await nudge(pair.his) == "too-many-nudges"
    pair.his.now = NOW + timedelta(hours=24)
    assert await nudge(pair.his) is None


@pytest.mark.parametrize("change", ["messages.send", "signals.send"])
async def test_nobody_is_flooded(pair: Pair, change: str) -> None:
    given = {"text": "Answer me"} if change == "messages.send" else {"signal": "here"}

    async def say(phone: Phone) -> str | None:
        return await sends(phone, change, pair=pair.id, id=str(uuid4()), **given)

    assert [await say(pair.hers) for _ in range(100)] == [None] * 100
    assert await say(pair.hers) == "too-fast"
    # The other can answer, and in a while so can she again.
    assert await say(pair.his) is None
    pair.hers.now = NOW + timedelta(minutes=10, seconds=-1)
    assert await say(pair.hers) == "too-fast"
    pair.hers.now = NOW + timedelta(minutes=10)
    assert await say(pair.hers) is None


async def test_who_writes_can_delete_and_nobody_else(pair: Pair, database: Database) -> None:
    hers, his = await says(pair, "Mine"), await says(pair, "His", pair.his)
    for message in (hers, his):
        assert await sends(pair.hers, "messages.delete", pair=pair.id, id=message) is None
    await pair.his.talk()
    assert texts(pair.his) == texts(pair.hers) == ["His"]
    async with database.connection() as connection:
        assert await connection.fetchval("SELECT text FROM message WHERE deleted") == ""
    # Deleted again, or sent again by a phone that was restored, it stays gone.
    assert await sends(pair.hers, "messages.delete", pair=pair.id, id=hers) is None
    assert await sends(pair.hers, "messages.send", pair=pair.id, id=hers, text="Mine") is None
    await pair.his.talk()
    assert texts(pair.his) == ["His"]
    # Nor does anybody write over what the other wrote.
    assert await sends(pair.hers, "messages.send", pair=pair.id, id=his, text="Not his") is None
    await pair.his.talk()
    assert texts(pair.his) == ["His"]


async def test_deleted_words_are_kept_fourteen_days_to_be_reported_and_no_longer(
    pair: Pair, ada: Actor, ben: Actor, database: Database
) -> None:
    message = await says(pair, "Not nice")
    pair.hers.now = NOW + timedelta(minutes=5)
    for _ in range(2):
        assert await sends(pair.hers, "messages.delete", pair=pair.id, id=message) is None
    assert await kept(database) == [
        {
            "pair_id": UUID(pair.id),
            "id": UUID(message),
            "kind": "message",
            "author": ada.account_id,
            "reader": ben.account_id,
            "text": "Not nice",
            "written_at": NOW,
            "deleted_at": NOW + timedelta(minutes=5),
        }
    ]
    for later, there in ((timedelta(days=14), 1), (timedelta(days=14, minutes=5), 0)):
        async with database.transaction() as connection:
            await service.prune(connection, NOW + later)
        assert len(await kept(database)) == there
    assert service.prune in prunes(registry())


@pytest.mark.parametrize("how", ["pairs.end", "pairs.block"])
async def test_with_the_pair_its_words_are_gone_and_can_still_be_reported(
    pair: Pair, ada: Actor, ben: Actor, database: Database, how: str
) -> None:
    await says(pair, "From ada")
    await says(pair, "From ben", pair.his)
    deleted = await says(pair, "Deleted")
    assert await sends(pair.hers, "messages.delete", pair=pair.id, id=deleted) is None
    assert await sends(pair.his, how, pair=pair.id) is None
    await pair.hers.talk()
    async with database.connection() as connection:
        for table in ("message", "signal", "reading"):
            assert await connection.fetchval(f"SELECT count(*) FROM {table}") == 0, table
    written = {row["text"]: (row["author"], row["reader"]) for row in await kept(database)}
    hers, his = (ada.account_id, ben.account_id), (ben.account_id, ada.account_id)
    assert written == {"From ada": hers, "From ben": his, "Deleted": hers}


def standing(phone: Phone, me: str) -> tuple[int, int | None]:
    row = phone.living("reading")[UUID(me)]
    assert row["by"] == me
    return row["received"], row["seen"]


async def marks(phone: Phone, pair: Pair, received: int, seen: int | None = None) -> SyncReply:
    phone.queue("messages.mark", {"pair": pair.id, "received": received, "seen": seen})
    reply = await phone.talk()
    assert reply.refusals == []
    await pair.hers.talk()
    return reply


async def test_what_has_come_is_marked_forwards_only_and_never_beyond_what_there_is(pair: Pair) -> None:
    await says(pair)
    version = max(row["version"] for (kind, _), row in pair.his.rows.items() if kind == "message")
    await marks(pair.his, pair, version, version)
    assert standing(pair.hers, pair.ben) == (version, None)
    await marks(pair.his, pair, version - 1)
    assert standing(pair.hers, pair.ben) == (version, None)
    for _ in range(2):
        await marks(pair.his, pair, 10**6)
        assert standing(pair.hers, pair.ben) == (version, None)


@pytest.mark.parametrize("what", ["messages.send", "signals.send"])
async def test_a_mark_goes_as_far_as_the_other_spoke_and_the_same_again_is_told_to_nobody(
    pair: Pair, what: str
) -> None:
    huge = 2**53
    given = {"text": "Slept at all?"} if what == "messages.send" else {"signal": "here"}
    assert await sends(pair.hers, what, pair=pair.id, id=str(uuid4()), **given) is None
    await pair.hers.talk()
    last = max(row["version"] for row in pair.hers.rows.values() if str(row["space"]) == pair.id)
    assert await sends(pair.his, "pair_choices.set", pair=pair.id, showSeen=True) is None
    # What he writes himself, nobody has to tell him.
    assert await sends(pair.his, "messages.send", pair=pair.id, id=str(uuid4()), text="Like a stone.") is None
    for _ in range(2):
        await marks(pair.his, pair, huge, huge)
        assert standing(pair.hers, pair.ben) == (last, last)
        cookie, mine = pair.hers.cookie, pair.his.cookie
        for again in (huge, huge, huge - 1):
            await marks(pair.his, pair, again, again)
        assert (pair.hers.cookie, pair.his.cookie) == (cookie, mine)
        # The other has got it, and can mark it too: then there is nothing to tell of that either.
        await marks(pair.hers, pair, huge)
        await pair.his.talk()


async def test_where_the_other_said_nothing_there_is_nothing_to_mark(pair: Pair) -> None:
    assert await sends(pair.his, "messages.send", pair=pair.id, id=str(uuid4()), text="Anybody there?") is None
    await pair.hers.talk()
    cookie = pair.hers.cookie
    await marks(pair.his, pair, 2**53, 2**53)
    assert pair.hers.living("reading") == {}
    assert pair.hers.cookie == cookie


async def test_a_mark_that_changes_nothing_is_written_nowhere(pair: Pair) -> None:
    await says(pair)
    await marks(pair.his, pair, 4, 4)
    cookie = pair.hers.cookie
    for _ in range(3):
        await marks(pair.his, pair, 4, 4)
    assert pair.hers.cookie == cookie


async def test_seen_is_told_by_choice_and_is_gone_with_it(pair: Pair) -> None:
    await says(pair)
    await marks(pair.his, pair, 4, 4)
    assert standing(pair.hers, pair.ben) == (4, None)
    assert await sends(pair.his, "pair_choices.set", pair=pair.id, showSeen=True) is None
    await marks(pair.his, pair, 5, 4)
    assert standing(pair.hers, pair.ben) == (5, 4)
    # Not seen what has not come; seen no less than before.
    await marks(pair.his, pair, 5, 9)
    await marks(pair.his, pair, 5, 3)
    assert standing(pair.hers, pair.ben) == (5, 5)
    assert await sends(pair.his, "pair_choices.set", pair=pair.id, messages=False) is None
    await pair.hers.talk()
    assert standing(pair.hers, pair.ben) == (5, 5)
    assert await sends(pair.his, "pair_choices.set", pair=pair.id, showSeen=False) is None
    await pair.hers.talk()
    assert standing(pair.hers, pair.ben) == (5, None)
    await marks(pair.his, pair, 6, 6)
    assert standing(pair.hers, pair.ben) == (6, None)


async def test_a_mark_in_a_pair_that_has_ended_is_refused_nothing(pair: Pair) -> None:
    assert await sends(pair.hers, "pairs.end", pair=pair.id) is None
    assert await sends(pair.his, "messages.mark", pair=pair.id, received=1) is None


async def test_words_written_offline_while_the_other_ends_it_are_refused_with_a_reason(pair: Pair) -> None:
    pair.his.queue("messages.send", {"pair": pair.id, "id": str(uuid4()), "text": "Still there?"})
    pair.his.queue("signals.send", {"pair": pair.id, "id": str(uuid4()), "signal": "here"})
    assert await sends(pair.hers, "pairs.end", pair=pair.id) is None
    reply = await pair.his.talk()
    assert [refusal.reason for refusal in reply.refusals] == ["not-yours"] * 2


async def test_both_write_at_once_and_nothing_is_lost(pair: Pair) -> None:
    for number in range(10):
        for phone, who in ((pair.hers, "ada"), (pair.his, "ben")):
            text = f"{who} {number}"
            phone.queue("messages.send", {"pair": pair.id, "id": str(uuid4()), "text": text})
    await asyncio.gather(pair.hers.talk(), pair.his.talk())
    await pair.hers.talk()
    await pair.his.talk()
    assert texts(pair.hers) == texts(pair.his)
    assert [text for text in texts(pair.his) if text.startswith("ada")] == [f"ada {number}" for number in range(10)]
    assert len(texts(pair.his)) == 20


async def test_somebody_else_reaches_nothing_of_it(pair: Pair, town: Town, cleo: Actor) -> None:
    await shares(pair, "note")
    message = await says(pair)
    ((shared, _),) = pair.his.living("shared_check_in").items()
    stranger = town.phone(cleo)
    await stranger.talk()
    attempts: list[tuple[str, dict[str, Any]]] = [
        ("messages.send", {"id": str(uuid4()), "text": "Hello"}),
        ("messages.delete", {"id": message}),
        ("signals.send", {"id": str(uuid4()), "signal": "here"}),
        ("signals.send", {"id": str(uuid4()), "signal": "here", "about": str(shared)}),
    ]
    for name, args in attempts:
        assert await sends(stranger, name, pair=pair.id, **args) == "not-yours"
    assert await sends(stranger, "messages.mark", pair=pair.id, received=1) is None
    await pair.hers.talk()
    assert texts(pair.hers) == ["Slept at all?"]
    assert pair.hers.living("signal") == pair.hers.living("reading") == {}
    assert stranger.rows == {}


async def test_a_pair_with_fifty_thousand_messages_stays_quick(
    pair: Pair, ada: Actor, ben: Actor, database: Database
) -> None:
    """Nothing that is asked of it reads a whole table."""
    space = OpenSpace(UUID(pair.id), "buddy", 80_000)
    async with database.transaction() as connection:
        await connection.execute(
            "INSERT INTO message (space_id, id, version, deleted, written_at, sent_by, text, sent_at)"
            " SELECT $1, gen_random_uuid(), 100 + n, false, $3, $2, 'x',"
            " $3::timestamptz - (50000 - n) * interval '1 min'"
            " FROM generate_series(1, 50000) AS n",
            space.id,
            UUID(pair.ada),
            NOW,
        )
        await connection.execute(
            "INSERT INTO signal (space_id, id, version, deleted, written_at, sent_by, signal, sent_at)"
            " SELECT $1, gen_random_uuid(), 60000 + n, false, $3, $2, 'thinking', $3::timestamptz - n * interval '1d'"
            " FROM generate_series(1, 20000) AS n",
            space.id,
            UUID(pair.ada),
            NOW,
        )
        await connection.execute("UPDATE space SET version = $2 WHERE id = $1", space.id, space.version)
        await connection.execute("ANALYZE message")
        await connection.execute("ANALYZE signal")
    async with database.transaction() as connection:
        message = uuid4()
        await service.say(connection, ada, space, message, "Still awake?", NOW)
        await service.signal(connection, ada, space, uuid4(), "thinking", about=None, now=NOW)
        await service.delete_message(connection, ada, space, message, NOW)
        await service.mark(connection, ben, space, space.version, None, NOW)
        assert isinstance(await decided(connection, waiting(pair, ben)), Send)
        cookie = pair.his.cookie
        page = await pull(connection, registry(), account_id=ben.account_id, device=pair.his.device, cookie=cookie)
        assert page.more
        read = await connection.fetch(
            "SELECT relname, seq_tup_read FROM pg_stat_xact_user_tables WHERE relname IN ('message', 'signal')"
        )
    assert [tuple(row) for row in read if row["seq_tup_read"] > 0] == []
