"""The changes to reminders that a phone may send, and the rows it gets back."""

from __future__ import annotations

from uuid import UUID

from msgspec import UNSET, Struct

from app.buddies import service as buddies
from app.reminders import service
from app.sync.registry import Change, Mutation, SyncedKind, own_journal


class SetReminder(service.Times, rename="camel", kw_only=True):
    """Be reminded, or say the same reminder again whole."""

    id: UUID


class DeleteReminder(Struct):
    """Delete a reminder."""

    id: UUID


class SetReminding(service.RemindingChanges, rename="camel"):
    """Change what is given of what holds for all reminders."""


class ReminderData(Struct, rename="camel"):
    """A reminder as phones hold it: local times "08:00", weekdays from 1 Monday to 7 Sunday."""

    label: str
    times: list[str]
    weekdays: list[int]
    zone: str | None
    skip_hours: int | None
    on: bool


class RemindingData(Struct, rename="camel"):
    """What holds for all reminders, as phones hold it. `paused_until` is the first day on which they come again."""

    zone: str
    quiet_from: str | None
    quiet_to: str | None
    paused_until: str | None
    shows_label: bool


async def set_reminder(change: Change, args: SetReminder) -> None:
    """Be reminded, by one's own journal."""
    await service.set_reminder(change.connection, change.journal, args.id, args, change.now)


async def delete_reminder(change: Change, args: DeleteReminder) -> None:
    """Delete in one's own journal."""
    await service.delete_reminder(change.connection, change.journal, args.id, change.now)


async def set_reminding(change: Change, args: SetReminding) -> None:
    """Change the rules in one's own journal."""
    await service.set_reminding(change.connection, change.journal, args, change.now)
    if args.paused_until is not UNSET:
        await buddies.count_anew(change.connection, change.actor, change.now)


KINDS = (
    SyncedKind("reminder", "reminder", ReminderData, {"on": "is_on"}),
    SyncedKind("reminding", "reminding", RemindingData),
)

MUTATIONS = (
    Mutation("reminders.set", SetReminder, own_journal, set_reminder),
    Mutation("reminders.delete", DeleteReminder, own_journal, delete_reminder),
    Mutation("reminding.set", SetReminding, own_journal, set_reminding),
)
