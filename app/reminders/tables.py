"""Reminders, as they are stored."""

from piccolo.columns import UUID, Array, BigInt, Boolean, SmallInt, Text, Timestamptz
from piccolo.table import Table


class Reminder(Table, tablename="reminder"):
    """When a member wants to be reminded. Its key is (space_id, id); a deleted one keeps nothing but its place."""

    id = UUID(primary_key=True, default=None)
    space_id = UUID(default=None)
    version = BigInt()
    deleted = Boolean()
    written_at = Timestamptz(default=None)
    label = Text()
    times = Array(base_column=Text())
    weekdays = Array(base_column=SmallInt())
    zone = Text(null=True)
    skip_hours = SmallInt(null=True)
    is_on = Boolean()


class Reminding(Table, tablename="reminding"):
    """What holds for all reminders of a member: one row in a journal."""

    id = UUID(primary_key=True, default=None)
    space_id = UUID(default=None)
    version = BigInt()
    deleted = Boolean()
    written_at = Timestamptz(default=None)
    zone = Text()
    quiet_from = Text(null=True)
    quiet_to = Text(null=True)
    paused_until = Text(null=True)
    shows_label = Boolean()
