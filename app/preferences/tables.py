"""Preferences, as they are stored."""

from piccolo.columns import UUID, BigInt, Boolean, Text, Timestamptz
from piccolo.table import Table


class Preference(Table, tablename="preference"):
    """One choice that follows the member to their other phones. Its key is (space_id, id)."""

    id = UUID(primary_key=True, default=None)
    space_id = UUID(default=None)
    version = BigInt()
    deleted = Boolean()
    written_at = Timestamptz(default=None)
    key = Text()
    value = Text()
