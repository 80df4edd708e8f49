"""Where rows live: the unit of sharing, of sync and of permission."""

from piccolo.columns import UUID, BigInt, Text, Timestamptz
from piccolo.table import Table


class Space(Table, tablename="space"):
    """`version` counts the writes in it; tombstones at or below `floor` were pruned."""

    id = UUID(primary_key=True, default=None)
    kind = Text()
    version = BigInt()
    floor = BigInt()
    created_at = Timestamptz(default=None)


class Membership(Table, tablename="membership"):
    """Who may read and write a space. Its key is (account_id, space_id)."""

    account_id = UUID(primary_key=True, default=None)
    space_id = UUID(default=None)
    role = Text()
