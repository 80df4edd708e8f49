"""Check-ins, as they are stored."""

from piccolo.columns import UUID, Array, BigInt, Boolean, Date, SmallInt, Text, Timestamptz
from piccolo.table import Table


class CheckIn(Table, tablename="check_in"):
    """One moment's record. Its key is (space_id, id); a deleted one keeps nothing but its place."""

    id = UUID(primary_key=True, default=None)
    space_id = UUID(default=None)
    version = BigInt()
    deleted = Boolean()
    written_at = Timestamptz(default=None)
    mood = SmallInt(null=True)
    energy = SmallInt(null=True)
    feelings = Array(base_column=Text())
    contexts = Array(base_column=Text())
    note = Text(null=True)
    clock_time = Text(null=True)
    happened_at = Timestamptz(null=True, default=None)
    local_date = Date(null=True, default=None)
    zone = Text(null=True)
