"""Subscriptions and deliveries, as they are stored. pgqueuer's tables are its own business."""

from piccolo.columns import UUID, Bytea, Date, Integer, Text, Timestamptz
from piccolo.table import Table


class PushSubscription(Table, tablename="push_subscription"):
    """A device that asked for pushes: at most one a session. `vapid_key`: the public key that it subscribed with."""

    id = UUID(primary_key=True, default=None)
    account_id = UUID(default=None)
    session_id = UUID(default=None)
    endpoint = Text()
    p256dh = Text()
    auth = Text()
    vapid_key = Text()
    zone = Text()
    created_at = Timestamptz(default=None)
    accepted_at = Timestamptz(null=True, default=None)
    reached_at = Timestamptz(null=True, default=None)


class PushDelivery(Table, tablename="push_delivery"):
    """One push to one device, and what became of it: the ledger. Unique by (key, subscription_id)."""

    id = UUID(primary_key=True, default=None)
    key = Bytea()
    subscription_id = UUID(default=None)
    job = UUID(default=None)
    kind = Text()
    space_id = UUID(null=True, default=None)
    subject = UUID(null=True, default=None)
    local_date = Date(null=True, default=None)
    slot = Text(null=True, default=None)
    due_at = Timestamptz(default=None)
    expires_at = Timestamptz(default=None)
    state = Text()
    reason = Text(null=True, default=None)
    attempts = Integer()
    finished_at = Timestamptz(null=True, default=None)
