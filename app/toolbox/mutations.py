"""The changes to a toolbox that a phone may send, and the rows it gets back."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from app.sync.registry import Change, Mutation, SyncedKind, own_journal
from app.toolbox import service
from app.toolbox.service import Step

ClockTime = Annotated[datetime, Meta(tz=True)]


class SetStrategy(service.Strategy, rename="camel", kw_only=True):
    """Keep a strategy, or say the same one again whole."""

    id: UUID


class RecordPractice(service.Practice, rename="camel", kw_only=True):
    """Say what was tried, or say the same try again whole."""

    id: UUID
    happened_at: ClockTime


class Delete(Struct):
    """Delete a strategy, or a try."""

    id: UUID


class StrategyData(Struct, rename="camel"):
    """A strategy as phones hold it."""

    title: str
    kind: str
    steps: list[Step]
    minutes: int | None
    moods: list[int]
    feelings: list[str]
    contexts: list[str]
    places: list[str]
    source: str | None


class PracticeData(Struct, rename="camel"):
    """A try as phones hold it. `happened_at` is what the clock showed there, with its offset."""

    strategy: UUID | None
    exercise: str | None
    mood_before: int | None
    mood_after: int | None
    again: bool | None
    feelings: list[str]
    contexts: list[str]
    happened_at: str
    zone: str


async def set_strategy(change: Change, args: SetStrategy) -> None:
    """Keep it in one's own journal."""
    await service.set_strategy(change.connection, change.journal, args.id, args, change.now)


async def delete_strategy(change: Change, args: Delete) -> None:
    """Delete in one's own journal."""
    await service.delete_strategy(change.connection, change.journal, args.id, change.now)


async def record_practice(change: Change, args: RecordPractice) -> None:
    """Say it in one's own journal."""
    await service.record_practice(
        change.connection, change.journal, args.id, args, sent_at=change.sent_at, now=change.now
    )


async def delete_practice(change: Change, args: Delete) -> None:
    """Delete in one's own journal."""
    await service.delete_practice(change.connection, change.journal, args.id, change.now)


KINDS = (
    SyncedKind("strategy", "strategy", StrategyData),
    SyncedKind("practice", "practice", PracticeData, {"strategy": "strategy_id", "happened_at": "clock_time"}),
)

MUTATIONS = (
    Mutation("strategies.set", SetStrategy, own_journal, set_strategy),
    Mutation("strategies.delete", Delete, own_journal, delete_strategy),
    Mutation("practices.record", RecordPractice, own_journal, record_practice),
    Mutation("practices.delete", Delete, own_journal, delete_practice),
)
