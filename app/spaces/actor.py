"""Who is acting."""

from uuid import UUID

from msgspec import Struct


class Actor(Struct, frozen=True):
    """A signed-in member, on one of their devices."""

    account_id: UUID
    session_id: UUID
    journal_id: UUID
