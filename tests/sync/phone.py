"""A phone as the server sees it: it numbers its changes, keeps its cookie and its rows, and can misbehave."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec

from app.spaces.actor import Actor
from app.sync.service import Sync
from app.sync.wire import Cookie, QueuedMutation, SyncReply, SyncRequest

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


def check_in(**given: object) -> dict[str, Any]:
    """The arguments of a check-in, with an id of its own unless one is given."""
    moment: dict[str, Any] = {
        "id": str(uuid4()),
        "mood": 3,
        "energy": None,
        "feelings": [],
        "contexts": [],
        "note": None,
        "happenedAt": "2026-11-22T08:00:00.000+01:00",
        "zone": "Europe/Paris",
    }
    return moment | given


@dataclass
class Phone:
    """One device of one member."""

    sync: Sync
    actor: Actor
    device: UUID = field(default_factory=uuid4)
    cookie: Cookie | None = None
    number: int = 0
    waiting: list[QueuedMutation] = field(default_factory=list[QueuedMutation])
    rows: dict[tuple[str, UUID], dict[str, Any]] = field(default_factory=dict[tuple[str, UUID], dict[str, Any]])
    now: datetime = NOW
    clock_is_off_by: timedelta = timedelta(0)

    def queue(self, name: str, args: Mapping[str, Any] | bytes) -> QueuedMutation:
        """Number a change and let it wait."""
        self.number += 1
        raw = args if isinstance(args, bytes) else msgspec.json.encode(args)
        queued = QueuedMutation(self.number, uuid4(), name, msgspec.Raw(raw))
        self.waiting.append(queued)
        return queued

    def request(self, **changed: object) -> SyncRequest:
        """What this phone would send now."""
        request = SyncRequest(
            device=self.device,
            owner=self.actor.account_id,
            sent_at=self.now + self.clock_is_off_by,
            cookie=self.cookie,
            mutations=list(self.waiting),
        )
        return msgspec.structs.replace(request, **changed)

    async def send(self, **changed: object) -> SyncReply:
        """Send, and lose the answer: nothing is taken in."""
        return await self.sync.answer(self.actor, self.request(**changed), self.now)

    async def talk(self, **changed: object) -> SyncReply:
        """Send, and take in what comes back, page by page."""
        reply = first = await self.send(**changed)
        staged = [reply]
        while reply.more:
            self_cookie, self.cookie = self.cookie, reply.cookie
            reply = await self.send(mutations=[])
            self.cookie = self_cookie
            staged.append(reply)
        if reply.outcome == "ok":
            self.take_in(staged)
        return first

    def take_in(self, pages: list[SyncReply]) -> None:
        for page in pages:
            for space in page.whole:
                self.rows = {key: row for key, row in self.rows.items() if row["space"] != space}
            for row in page.rows:
                data = None if row.data is None else msgspec.json.decode(row.data)
                self.rows[row.kind, row.id] = {
                    "space": row.space,
                    "version": row.version,
                    "deleted": row.deleted,
                    "data": data,
                }
        self.cookie = pages[-1].cookie
        last = pages[-1].last
        self.waiting = [queued for queued in self.waiting if queued.number > last]

    def living(self, kind: str = "check_in") -> dict[UUID, Any]:
        """The rows of a kind that are not deleted, by id."""
        return {id_: row["data"] for (k, id_), row in self.rows.items() if k == kind and not row["deleted"]}


def seeded(seed: int) -> random.Random:
    """A source of chance whose seed stands in the output when the test fails."""
    print(f"seed {seed}")
    return random.Random(seed)
