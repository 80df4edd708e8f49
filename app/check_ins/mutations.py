"""The changes to check-ins that a phone may send, and the rows it gets back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from app.buddies import service as buddies
from app.check_ins import service
from app.sync.registry import Change, Mutation, SyncedKind, own_journal

ClockTime = Annotated[datetime, Meta(tz=True)]


class Record(service.Moment, rename="camel", kw_only=True):
    """Check in, or say the same check-in again whole."""

    id: UUID
    happened_at: ClockTime


class Edit(service.MomentChanges, rename="camel", kw_only=True):
    """Change what is given of a check-in."""

    id: UUID
    happened_at: ClockTime | UnsetType = UNSET


class Delete(Struct):
    """Delete a check-in."""

    id: UUID


class CheckInData(Struct, rename="camel"):
    """A check-in as phones hold it. `happened_at` is what the clock showed there, with its offset."""

    mood: int
    energy: int | None
    feelings: list[str]
    contexts: list[str]
    note: str | None
    happened_at: str
    zone: str


async def record(change: Change, args: Record) -> None:
    """Check in, in one's own journal."""
    await service.record(change.connection, change.journal, args.id, args, sent_at=change.sent_at, now=change.now)
    await _follow(change, args.id)
    await _counts_from(change, args.happened_at)


async def record_all(change: Change, args: Sequence[Record]) -> None:
    """Check in several times, in one's own journal."""
    moments = [(one.id, one) for one in args]
    await service.record_all(change.connection, change.journal, moments, sent_at=change.sent_at, now=change.now)
    for one in args:
        await _follow(change, one.id)
    await _counts_from(change, max(one.happened_at for one in args))


async def edit(change: Change, args: Edit) -> None:
    """Edit in one's own journal."""
    await service.edit(change.journal, args.id, args, sent_at=change.sent_at, now=change.now)
    await _follow(change, args.id)
    if args.happened_at is not UNSET:
        await _counts_from(change, args.happened_at)


async def delete(change: Change, args: Delete) -> None:
    """Delete in one's own journal."""
    await service.delete(change.connection, change.journal, args.id, change.now)
    await _follow(change, args.id)


async def _follow(change: Change, check_in_id: UUID) -> None:
    """What buddies see of it follows, in the same transaction."""
    await buddies.follow(change.connection, change.actor, check_in_id, change.spaces, change.now)


async def _counts_from(change: Change, happened_at: datetime) -> None:
    """Whoever is to be told when there is none for a while is told that much later."""
    if any(space.role == "buddy" for space in change.spaces.values()):
        await buddies.checked_in(change.connection, change.journal.id, happened_at, change.now)


KIND = SyncedKind("check_in", "check_in", CheckInData, {"happened_at": "clock_time"})

MUTATIONS = (
    Mutation("check_ins.record", Record, own_journal, record, record_all, in_pairs=True),
    Mutation("check_ins.edit", Edit, own_journal, edit, in_pairs=True),
    Mutation("check_ins.delete", Delete, own_journal, delete, in_pairs=True),
)
