"""What of a pair can be copied for a report: rows that both of the two could see, in the words in which they stood."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, Literal
from uuid import UUID

import asyncpg
from msgspec import Struct

from app.buddies import parting, rules
from app.spaces.actor import Actor
from app.spaces.open_space import OpenSpace

WrittenKind = Literal["message", "signal", "shared_check_in", "hello"]

_TWO = """
SELECT m.account_id, m.me, buddy.name FROM membership m
JOIN buddy ON buddy.space_id = m.space_id AND buddy.id = m.me
WHERE m.space_id = $1
"""

_SHARED = """
SELECT id, shared_by, mood, feelings, note, clock_time FROM shared_check_in
WHERE space_id = $1 AND id = ANY($2::uuid[]) AND NOT deleted
"""

_MESSAGES = """
SELECT sent_by, text, sent_at FROM message WHERE space_id = $1 AND id = ANY($2::uuid[]) AND NOT deleted
"""

_SIGNALS = """
SELECT sent_by, signal, sent_at FROM signal WHERE space_id = $1 AND id = ANY($2::uuid[]) AND NOT deleted
"""

# Deleted by its author, or gone with the pair: those that are named, or ($4) all that the other wrote to the reporter.
# Those that are named come first, so that nothing written later pushes them out.
_KEPT = """
SELECT author, kind, text, written_at FROM kept_words
WHERE pair_id = $1 AND deleted_at > $6 AND (
    (id = ANY($2::uuid[]) AND (author = $3 OR reader = $3)) OR ($4 AND author = $5 AND reader = $3)
)
ORDER BY (id = ANY($2::uuid[])) DESC, written_at DESC LIMIT $7
"""

_HELLO = "SELECT id, words, said_at FROM hello WHERE space_id = $1 AND id = ANY($2::uuid[]) AND NOT deleted"

_SIGNS: Final[dict[str, str]] = {
    "here": "I'm here",
    "hard": "That sounds hard",
    "thinking": "Thinking of you",
    "glad": "Glad to hear",
}

_WEATHER: Final = {1: "stormy", 2: "rainy", 3: "cloudy", 4: "fair", 5: "clear"}


class Written(Struct, frozen=True):
    """A row as it stood: whose, what it was, its words, when. `was_deleted`: its author had taken it away."""

    author_id: UUID
    kind: WrittenKind
    text: str
    said_at: datetime | None
    was_deleted: bool = False


class Wanted(Struct, frozen=True):
    """What a reporter wants to be copied of a pair: these rows.

    With `deleted` also all that the other wrote to them there and that is gone, by its author's hand or with the pair.
    """

    reporter: UUID
    pair_id: UUID
    rows: Collection[UUID]
    deleted: bool


class Other(Struct, frozen=True):
    """The other of a pair, as they call themselves there. `authors`: accounts by who they are in the pair."""

    account_id: UUID
    name: str
    authors: Mapping[UUID, UUID]


async def other_of(
    connection: asyncpg.Connection, actor: Actor, pair_id: UUID, pair: OpenSpace | None, now: datetime
) -> Other | None:
    """Whom a member has as a buddy there, or (`pair` is None) parted from lately; None: neither."""
    if pair is not None:
        two = await connection.fetch(_TWO, pair.id)
        authors = {row["me"]: row["account_id"] for row in two}
        for row in two:
            if row["account_id"] != actor.account_id:
                return Other(row["account_id"], row["name"], authors)
    parted = await parting.find(connection, actor.account_id, pair_id, now)
    if parted is None:
        return None
    return Other(parted.other_id, parted.name, {parted.other_me: parted.other_id})


async def words_of(connection: asyncpg.Connection, wanted: Wanted, other: Other, now: datetime) -> Sequence[Written]:
    """What stands, or stood until lately, in these rows of a pair, in the order in which it was written.

    What is not there, is in another space, or was taken back by being shared no more is left out.
    """
    pair_id, ids = wanted.pair_id, wanted.rows
    found = [
        Written(other.authors[row["shared_by"]], "shared_check_in", _said(row), _moment(row["clock_time"]))
        for row in await connection.fetch(_SHARED, pair_id, list(ids))
        if row["shared_by"] in other.authors
    ]
    found += [
        Written(other.authors[row["sent_by"]], "message", row["text"], row["sent_at"])
        for row in await connection.fetch(_MESSAGES, pair_id, list(ids))
        if row["sent_by"] in other.authors
    ]
    found += [
        Written(other.authors[row["sent_by"]], "signal", _SIGNS[row["signal"]], row["sent_at"])
        for row in await connection.fetch(_SIGNALS, pair_id, list(ids))
        if row["sent_by"] in other.authors
    ]
    since = now - rules.WORDS_ARE_KEPT
    kept = (pair_id, list(ids), wanted.reporter, wanted.deleted, other.account_id, since, rules.MOST_REPORTED)
    found += [
        Written(row["author"], row["kind"], row["text"], row["written_at"], was_deleted=True)
        for row in await connection.fetch(_KEPT, *kept)
    ]
    found += [
        Written(other.authors[row["id"]], "hello", row["words"], row["said_at"])
        for row in await connection.fetch(_HELLO, pair_id, list(ids))
        if row["id"] in other.authors
    ]
    return sorted(found, key=lambda one: one.said_at or rules.LONG_AGO)


def _said(row: Any) -> str:  # noqa: ANN401 - a record of asyncpg
    """A shared check-in in words."""
    lines: list[str] = []
    if row["mood"] is not None:
        lines.append(f"Weather: {_WEATHER[row['mood']]}")
    if row["feelings"]:
        lines.append("Feelings: " + ", ".join(word.removeprefix("own:") for word in row["feelings"]))
    if row["note"]:
        lines.append(row["note"])
    return "\n".join(lines)


def _moment(clock_time: str | None) -> datetime | None:
    return None if clock_time is None else datetime.fromisoformat(clock_time)
