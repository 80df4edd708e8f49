"""What a member can do in their toolbox: keep strategies, and keep what became of trying them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import asyncpg
import msgspec
from msgspec import Struct

from app import moments
from app.errors import Refused
from app.spaces.open_space import OpenSpace
from app.toolbox import rules
from app.toolbox.rules import StrategyKind

_OTHERS = "SELECT count(*) FROM strategy WHERE space_id = $1 AND id <> $2 AND NOT deleted"

_SET = """
INSERT INTO strategy (space_id, id, version, deleted, written_at,
                      title, kind, steps, minutes, moods, feelings, contexts, places, source)
VALUES ($1, $2, $3, false, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
ON CONFLICT (space_id, id) DO UPDATE SET
    version = EXCLUDED.version, deleted = false, written_at = EXCLUDED.written_at, title = EXCLUDED.title,
    kind = EXCLUDED.kind, steps = EXCLUDED.steps, minutes = EXCLUDED.minutes, moods = EXCLUDED.moods,
    feelings = EXCLUDED.feelings, contexts = EXCLUDED.contexts, places = EXCLUDED.places, source = EXCLUDED.source
"""

_DELETE = """
UPDATE strategy SET version = $3, deleted = true, written_at = $4, title = NULL, kind = NULL, steps = NULL,
    minutes = NULL, moods = '{}', feelings = '{}', contexts = '{}', places = '{}', source = NULL
WHERE space_id = $1 AND id = $2 AND NOT deleted
"""

_RECORD = """
INSERT INTO practice (space_id, id, version, deleted, written_at, strategy_id, exercise,
                      mood_before, mood_after, again, feelings, contexts, clock_time, happened_at, zone)
VALUES ($1, $2, $3, false, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
ON CONFLICT (space_id, id) DO UPDATE SET
    version = EXCLUDED.version, deleted = false, written_at = EXCLUDED.written_at,
    strategy_id = EXCLUDED.strategy_id, exercise = EXCLUDED.exercise, mood_before = EXCLUDED.mood_before,
    mood_after = EXCLUDED.mood_after, again = EXCLUDED.again, feelings = EXCLUDED.feelings,
    contexts = EXCLUDED.contexts, clock_time = EXCLUDED.clock_time, happened_at = EXCLUDED.happened_at,
    zone = EXCLUDED.zone
"""

_FORGET = """
UPDATE practice SET version = $3, deleted = true, written_at = $4, strategy_id = NULL, exercise = NULL,
    mood_before = NULL, mood_after = NULL, again = NULL, feelings = '{}', contexts = '{}', clock_time = NULL,
    happened_at = NULL, zone = NULL
WHERE space_id = $1 AND id = $2 AND NOT deleted
"""


class Step(Struct, rename="camel"):
    """One thing to do. `seconds`: for how long, where a timer helps."""

    text: str
    seconds: int | None = None


class Strategy(Struct, rename="camel"):
    """Something that helps, and when it suits. `source`: what it was made from, if anything."""

    title: str
    kind: StrategyKind
    steps: list[Step] = []
    minutes: int | None = None
    moods: list[int] = []
    feelings: list[str] = []
    contexts: list[str] = []
    places: list[str] = []
    source: str | None = None


class Practice(Struct, rename="camel"):
    """One try, of a strategy or of a built-in exercise. `again`: would do it again; None: not said.

    `feelings` and `contexts` are those of the moment that it was for.
    """

    happened_at: datetime
    zone: str
    strategy: UUID | None = None
    exercise: str | None = None
    mood_before: int | None = None
    mood_after: int | None = None
    again: bool | None = None
    feelings: list[str] = []
    contexts: list[str] = []


async def set_strategy(
    connection: asyncpg.Connection, journal: OpenSpace, strategy_id: UUID, strategy: Strategy, now: datetime
) -> None:
    """A member keeps a strategy; saying it again replaces it, and brings a deleted one back.

    Raises:
        Refused: a field is out of its range; `too-many-strategies`.
    """
    _check_strategy(strategy)
    if await connection.fetchval(_OTHERS, journal.id, strategy_id) >= rules.MOST_STRATEGIES:
        raise Refused("too-many-strategies")
    await connection.execute(
        _SET,
        journal.id,
        strategy_id,
        journal.next_version(),
        now,
        strategy.title.strip(),
        strategy.kind,
        msgspec.json.encode(strategy.steps).decode(),
        strategy.minutes,
        sorted(strategy.moods),
        strategy.feelings,
        strategy.contexts,
        strategy.places,
        strategy.source,
    )


async def delete_strategy(connection: asyncpg.Connection, journal: OpenSpace, strategy_id: UUID, now: datetime) -> None:
    """A member has deleted a strategy, and nothing of it is kept; what became of trying it stays theirs.

    Deleting it again changes nothing.
    """
    await _delete(connection, _DELETE, journal, strategy_id, now)


async def record_practice(
    connection: asyncpg.Connection,
    journal: OpenSpace,
    practice_id: UUID,
    practice: Practice,
    *,
    sent_at: datetime,
    now: datetime,
) -> None:
    """A member has tried something; saying it again replaces what was said of it.

    Raises:
        Refused: a field is out of its range; `invalid` for a try of nothing, or of two things at once.
    """
    _check_practice(practice, sent_at)
    await connection.execute(
        _RECORD,
        journal.id,
        practice_id,
        journal.next_version(),
        now,
        practice.strategy,
        practice.exercise,
        practice.mood_before,
        practice.mood_after,
        practice.again,
        practice.feelings,
        practice.contexts,
        moments.clock_time(practice.happened_at),
        moments.moment(practice.happened_at),
        practice.zone,
    )


async def delete_practice(connection: asyncpg.Connection, journal: OpenSpace, practice_id: UUID, now: datetime) -> None:
    """A member has deleted a try, and nothing of it is kept. Deleting it again changes nothing."""
    await _delete(connection, _FORGET, journal, practice_id, now)


async def _delete(
    connection: asyncpg.Connection, statement: str, journal: OpenSpace, row_id: UUID, now: datetime
) -> None:
    status = await connection.execute(statement, journal.id, row_id, journal.version + 1, now)
    if status != "UPDATE 0":
        journal.next_version()


def _check_strategy(strategy: Strategy) -> None:
    rules.check_title(strategy.title)
    rules.check_steps([step.text for step in strategy.steps], [step.seconds for step in strategy.steps])
    rules.check_minutes(strategy.minutes)
    rules.check_moods(strategy.moods)
    for some in (strategy.feelings, strategy.contexts, strategy.places):
        moments.check_words(some)
    rules.check_source(strategy.source)


def _check_practice(practice: Practice, sent_at: datetime) -> None:
    if (practice.strategy is None) == (practice.exercise is None):
        raise Refused("invalid")
    rules.check_exercise(practice.exercise)
    for mood in (practice.mood_before, practice.mood_after):
        if mood is not None:
            moments.check_mood(mood)
    moments.check_words(practice.feelings)
    moments.check_words(practice.contexts)
    moments.check_zone(practice.zone)
    moments.check_happened_at(practice.happened_at, sent_at)
