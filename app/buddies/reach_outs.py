"""Reach-outs as they are kept: the asker's row in their journal, and an `ask` in the pair of whoever is asked.

Whoever is asked never learns of another; the asker learns of nobody why they cannot be reached.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

import asyncpg
from msgspec import Struct

from app.buddies import asks, reach_out_rules
from app.buddies.reach_out_rules import Found, GoesOn, Minutes, Part, State, Waits, Want
from app.due import service as dues
from app.due.service import Due
from app.spaces.open_space import OpenSpace

DUE: Final = "reach_out"
"""The kind of what falls due."""

_BEGIN = """
INSERT INTO reach_out (space_id, id, version, deleted, written_at, want, minutes, begun_at, state)
VALUES ($1, $2, $3, false, $4, $5, $6, $7, 'open')
"""

_ADD_PARTS = """
INSERT INTO reach_out_part (journal_id, reach_out_id, place, pair_id, state)
SELECT $1, $2, place, pair_id, 'waiting' FROM unnest($3::uuid[]) WITH ORDINALITY AS p (pair_id, place)
"""

# Taken back before it came: should it still come, it finds that it is over.
_NEVER = """
INSERT INTO reach_out (space_id, id, version, deleted, written_at, state) VALUES ($1, $2, $3, true, $4, 'ended')
"""

_READ = "SELECT state, want, minutes, begun_at, deleted FROM reach_out WHERE space_id = $1 AND id = $2"

_PARTS = """
SELECT p.pair_id, p.state, p.asked_at, p.ask_id, ask.answer, ask.state AS ask_state
FROM reach_out_part p LEFT JOIN ask ON ask.space_id = p.pair_id AND ask.id = p.ask_id
WHERE p.journal_id = $1 AND p.reach_out_id = $2 ORDER BY p.place
"""

_PAIRS_OF = "SELECT DISTINCT pair_id FROM reach_out_part WHERE journal_id = $1 AND reach_out_id = ANY($2::uuid[])"

_OPEN_ONES = "SELECT id FROM reach_out WHERE space_id = $1 AND id <> $2 AND state = 'open' AND NOT deleted"

_SINCE = "SELECT count(*) FROM reach_out WHERE space_id = $1 AND begun_at > $2"

_BECOMES = "UPDATE reach_out SET version = $3, written_at = $4, state = $5 WHERE space_id = $1 AND id = $2"

_PART_BECOMES = """
UPDATE reach_out_part SET state = $4, ask_id = $5, asked_at = $6
WHERE journal_id = $1 AND reach_out_id = $2 AND pair_id = $3
"""

_BURY = """
UPDATE reach_out SET version = $3, deleted = true, written_at = $4, want = NULL, minutes = NULL, begun_at = NULL,
    state = 'ended'
WHERE space_id = $1 AND id = $2 AND NOT deleted
"""

_FORGET_PARTS = "DELETE FROM reach_out_part WHERE journal_id = $1 AND reach_out_id = $2"


class Wish(Struct, frozen=True):
    """What somebody reaches out for, to whom in which order, and how long each is waited for."""

    want: Want
    pairs: Sequence[UUID]
    minutes: Minutes


class Place(Struct, frozen=True):
    """One of them: which pair, and whether it is their turn. `ask_id`: the row there, once they are asked."""

    pair: UUID
    part: Part
    ask_id: UUID | None = None
    ask_state: asks.State | None = None


class ReachOut(Struct, frozen=True):
    """A reach-out as it stands; `places` in the order in which they are asked."""

    id: UUID
    state: State
    want: Want
    minutes: int
    begun_at: datetime
    places: Sequence[Place]


class Open(Struct):
    """What is locked while a reach-out is gone on with: the asker's journal, and the pairs of all that it names."""

    journal: OpenSpace
    pairs: Mapping[UUID, OpenSpace]


async def begin(
    connection: asyncpg.Connection, journal: OpenSpace, id_: UUID, wish: Wish, begun_at: datetime, now: datetime
) -> None:
    """A member reaches out; nobody is asked yet."""
    await connection.execute(_BEGIN, journal.id, id_, journal.next_version(), now, wish.want, wish.minutes, begun_at)
    await connection.execute(_ADD_PARTS, journal.id, id_, list(wish.pairs))


async def state_of(connection: asyncpg.Connection, journal_id: UUID, id_: UUID) -> State | None:
    """How it stands; "ended" also where nothing of it is left. None: it never came."""
    row = await connection.fetchrow(_READ, journal_id, id_)
    return None if row is None else row["state"]


async def find(connection: asyncpg.Connection, journal_id: UUID, id_: UUID) -> ReachOut | None:
    """A reach-out of this journal; None where there is none (any more)."""
    row = await connection.fetchrow(_READ, journal_id, id_)
    if row is None or row["deleted"]:
        return None
    places = [
        Place(
            part["pair_id"],
            Part(part["state"], part["asked_at"], part["answer"]),
            part["ask_id"],
            part["ask_state"],
        )
        for part in await connection.fetch(_PARTS, journal_id, id_)
    ]
    return ReachOut(id_, row["state"], row["want"], row["minutes"], row["begun_at"], places)


async def pairs_of(connection: asyncpg.Connection, journal_id: UUID, ids: Collection[UUID]) -> list[UUID]:
    """The pairs that these name."""
    return [row["pair_id"] for row in await connection.fetch(_PAIRS_OF, journal_id, list(ids))]


async def open_ones(connection: asyncpg.Connection, journal_id: UUID, *, but: UUID) -> list[UUID]:
    """Which other reach-outs of this journal are still going on."""
    return [row["id"] for row in await connection.fetch(_OPEN_ONES, journal_id, but)]


async def begun_since(connection: asyncpg.Connection, journal_id: UUID, since: datetime) -> int:
    """How often somebody has reached out since then."""
    return await connection.fetchval(_SINCE, journal_id, since)


async def go_on(connection: asyncpg.Connection, spaces: Open, asker: UUID, id_: UUID, now: datetime) -> datetime | None:
    """Whatever is next is done: somebody was found, the next one is asked, it has come to nothing, it is forgotten.

    Returns when it is to be looked at again; None: nothing is left of it.
    """
    reach_out = await find(connection, spaces.journal.id, id_)
    if reach_out is None:
        return None
    forgotten_at = reach_out.begun_at + reach_out_rules.REMEMBERED
    if now >= forgotten_at:
        await _forget(connection, spaces, reach_out, now)
        return None
    parts = [place.part for place in reach_out.places]
    step = reach_out_rules.next_step(parts, reach_out.minutes, reach_out.begun_at, now)
    await asks.tell_of_answers(connection, asker, _answered(reach_out), now)
    match reach_out.state, step:
        case (("open" | "nobody"), Found()):
            await _end_asks(connection, spaces, reach_out, now, but_who_can=True)
            await _become(connection, spaces.journal, id_, "found", now)
        case "open", Waits(until):
            return until
        case "open", GoesOn(too_late):
            await _pass_asks(connection, spaces, reach_out, now)
            if not too_late and await _ask_next(connection, spaces, asker, reach_out, now):
                return now + timedelta(minutes=reach_out.minutes)
            await _become(connection, spaces.journal, id_, "nobody", now)
        case _:
            pass
    return forgotten_at


async def end(connection: asyncpg.Connection, spaces: Open, id_: UUID, now: datetime) -> None:
    """The asker has taken it back, or has reached out anew: it is needed no longer."""
    reach_out = await find(connection, spaces.journal.id, id_)
    if reach_out is None:
        if await state_of(connection, spaces.journal.id, id_) is None:
            await connection.execute(_NEVER, spaces.journal.id, id_, spaces.journal.next_version(), now)
        return
    if reach_out.state != "ended":
        await _end_asks(connection, spaces, reach_out, now, but_who_can=False)
        await _become(connection, spaces.journal, id_, "ended", now)


async def due_again(connection: asyncpg.Connection, journal_id: UUID, id_: UUID, at: datetime) -> None:
    """It is looked at again then."""
    await dues.set_due(connection, DUE, [Due(journal_id, id_, at)])


async def _ask_next(
    connection: asyncpg.Connection, spaces: Open, asker: UUID, reach_out: ReachOut, now: datetime
) -> bool:
    """Ask the next one who can be reached; False: there is nobody left."""
    for place in reach_out.places:
        if place.part.state != "waiting":
            continue
        buddy = await asks.who_is_asked(connection, place.pair, asker, now)
        if buddy is None or reach_out_rules.why_not(buddy.standing) is not None:
            await _part_becomes(connection, spaces, reach_out.id, Place(place.pair, Part("unreachable")), now)
            continue
        ask_id = uuid4()
        pair = spaces.pairs[place.pair]
        until = now + timedelta(minutes=reach_out.minutes)
        await asks.ask(connection, pair, ask_id, buddy, reach_out.want, until=until, now=now)
        await _part_becomes(connection, spaces, reach_out.id, Place(place.pair, Part("asked", now), ask_id), now)
        return True
    return False


async def _part_becomes(connection: asyncpg.Connection, spaces: Open, id_: UUID, place: Place, now: datetime) -> None:
    part = place.part
    await connection.execute(_PART_BECOMES, spaces.journal.id, id_, place.pair, part.state, place.ask_id, part.asked_at)
    await _become(connection, spaces.journal, id_, "open", now)


async def _become(connection: asyncpg.Connection, journal: OpenSpace, id_: UUID, state: State, now: datetime) -> None:
    await connection.execute(_BECOMES, journal.id, id_, journal.next_version(), now, state)


async def _pass_asks(connection: asyncpg.Connection, spaces: Open, reach_out: ReachOut, now: datetime) -> None:
    for place in reach_out.places:
        if place.ask_id is not None and place.ask_state == "open":
            await asks.become(connection, spaces.pairs[place.pair], place.ask_id, "passed", now)


async def _end_asks(
    connection: asyncpg.Connection, spaces: Open, reach_out: ReachOut, now: datetime, *, but_who_can: bool
) -> None:
    for place in reach_out.places:
        if place.ask_id is None or place.ask_state == "ended" or (but_who_can and place.part.answer == "can"):
            continue
        pair = spaces.pairs[place.pair]
        await asks.become(connection, pair, place.ask_id, "ended", now)
        await asks.tell_that_it_is_over(connection, pair.id, place.ask_id, now)


async def _forget(connection: asyncpg.Connection, spaces: Open, reach_out: ReachOut, now: datetime) -> None:
    for place in reach_out.places:
        if place.ask_id is not None:
            await asks.bury(connection, spaces.pairs[place.pair], place.ask_id, now)
    await connection.execute(_FORGET_PARTS, spaces.journal.id, reach_out.id)
    await connection.execute(_BURY, spaces.journal.id, reach_out.id, spaces.journal.next_version(), now)


def _answered(reach_out: ReachOut) -> list[asks.Answered]:
    return [
        asks.Answered(place.pair, place.ask_id, place.part.answer)
        for place in reach_out.places
        if place.ask_id is not None and place.part.answer is not None
    ]
