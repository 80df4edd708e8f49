"""What a kind of push brings: how what is due becomes a notification, or is not shown after all."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime
from typing import Literal
from uuid import UUID

import asyncpg
from msgspec import Struct

from app.push.payload import Notification

Urgency = Literal["normal", "high"]


class NewDelivery(Struct, frozen=True, kw_only=True):
    """Something to bring to every device of an account, or (`session_id`) to one.

    `key` is 24 bytes that name the occurrence; said twice, it is delivered once. From `expires_at` on it is not worth
    showing any more. Higher `priority` goes first.
    """

    account_id: UUID
    key: bytes
    kind: str
    due_at: datetime
    expires_at: datetime
    space_id: UUID | None = None
    subject: UUID | None = None
    local_date: date | None = None
    slot: str | None = None
    session_id: UUID | None = None
    priority: int = 0


class Waiting(Struct, frozen=True, kw_only=True):
    """A delivery whose time has come, as its kind decides about it. `language` is the member's: "en" or "de"."""

    id: UUID
    key: bytes
    account_id: UUID
    session_id: UUID
    kind: str
    space_id: UUID | None
    subject: UUID | None
    local_date: date | None
    slot: str | None
    due_at: datetime
    expires_at: datetime
    language: str

    @property
    def topic(self) -> str:
        """The push's Topic and the notification's tag."""
        return topic_of(self.key)


class Send(Struct, frozen=True):
    """Show it. `ttl`: seconds for which the push service keeps it for a phone that is off."""

    payload: Notification
    ttl: int
    urgency: Urgency
    topic: str


class Drop(Struct, frozen=True):
    """Do not show it; the reason goes into the ledger."""

    reason: str


class Defer(Struct, frozen=True):
    """Ask again at `until`; from then on it is worth showing until `expires_at` (None: for two hours)."""

    until: datetime
    expires_at: datetime | None = None


Decision = Send | Drop | Defer
Decide = Callable[[asyncpg.Connection, Sequence[Waiting], datetime], Awaitable[list[Decision]]]


class PushKind(Struct, frozen=True):
    """A kind of push. `decide` answers for many at once, in their order, at the moment of sending; it only reads."""

    name: str
    decide: Decide


def topic_of(key: bytes) -> str:
    """A key as push services and browsers are told it: 32 characters of the URL-safe alphabet."""
    return urlsafe_b64encode(key).decode()
