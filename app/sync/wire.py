"""What phone and server say to each other. Field names are camelCase outside."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Raw, Struct

SCHEMA_SAFE_INTEGER = 2**53 - 1
Counter = Annotated[int, Meta(ge=0, le=SCHEMA_SAFE_INTEGER)]
MOST_MUTATIONS = 500
"""Changes that a phone may send at once."""
Number = Annotated[int, Meta(ge=1, le=SCHEMA_SAFE_INTEGER)]


class SpaceCookie(Struct, rename="camel", forbid_unknown_fields=True):
    """How far a phone has come in a space, and the floor it started above."""

    version: Counter
    floor: Counter


class Cookie(Struct, rename="camel", forbid_unknown_fields=True):
    """Opaque to the phone: it stores the last one and sends it back."""

    epoch: UUID
    spaces: dict[UUID, SpaceCookie] = {}


class QueuedMutation(Struct, rename="camel"):
    """One change. `args` stays undecoded here, so that one bad change cannot reject the others."""

    number: Number
    id: UUID
    name: Annotated[str, Meta(max_length=100)]
    args: Raw


class SyncRequest(Struct, rename="camel"):
    """`sent_at` is the phone's clock. `confirmed` are numbers whose refusal the phone now holds itself."""

    device: UUID
    sent_at: Annotated[datetime, Meta(tz=True)]
    owner: UUID | None = None
    build: Annotated[str, Meta(max_length=100)] = ""
    cookie: Cookie | None = None
    mutations: list[QueuedMutation] = []
    confirmed: list[Number] = []


Outcome = Literal["ok", "forked", "gap", "epoch-changed"]


class Refusal(Struct, rename="camel"):
    """A change that was refused for good, and why: the phone keeps it and shows it."""

    number: int
    id: UUID
    name: str
    reason: str


class Fault(Struct, rename="camel"):
    """The server failed at this number; nothing of it was kept. Try again later."""

    number: int
    attempts: int


class MySpace(Struct, rename="camel"):
    """A space that the phone may hold now. `me` is the row in it that stands for the member, where there is one."""

    id: UUID
    kind: str
    role: str
    me: UUID | None = None


class Row(Struct, rename="camel"):
    """A row as it is now. `data` is null for a deleted one."""

    kind: str
    space: UUID
    id: UUID
    version: int
    deleted: bool
    data: Raw | None


class SyncReply(Struct, rename="camel"):
    """The answer, and everything newer than the cookie, page by page."""

    epoch: UUID
    build: str
    outcome: Outcome
    last: int
    refusals: list[Refusal] = []
    fault: Fault | None = None
    spaces: list[MySpace] = []
    whole: list[UUID] = []
    rows: list[Row] = []
    cookie: Cookie | None = None
    more: bool = False
