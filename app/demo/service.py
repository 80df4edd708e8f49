"""Fills an empty database with ada and ben, through the same doors that phones use."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import uuid4

import msgspec
from msgspec import Raw

from app.accounts import service as accounts
from app.db import Database
from app.demo import rules
from app.demo.rules import Person, Told
from app.errors import Conflict
from app.spaces.actor import Actor
from app.sync.push import push
from app.sync.registry import Registry
from app.sync.wire import QueuedMutation, SyncRequest

PASSWORD = "a quiet harbour"  # noqa: S105 - a demo's, said aloud
BATCH = 100


async def fill(database: Database, registry: Registry, members: accounts.Accounts, now: datetime) -> bool:
    """The database now holds four months of ada and ben. False when ada was there already: then nothing is touched."""
    for person in (rules.ADA, rules.BEN):
        try:
            visit = accounts.Visit(address="demo")
            entered, _ = await members.sign_up(
                visit, person.name, PASSWORD, adult=True, consent="2026-11", label="Demo", now=now
            )
        except Conflict:
            return False
        async with database.connection() as connection:
            actor = await accounts.actor_of(connection, entered.started.token, now)
        await _write(database, registry, actor, person, now)
    return True


async def _write(database: Database, registry: Registry, actor: Actor, person: Person, now: datetime) -> None:
    device = uuid4()
    queued = list(_queue(rules.months_of(person, now, seed="leeward"), person))
    for start in range(0, len(queued), BATCH):
        request = SyncRequest(device=device, sent_at=now, mutations=queued[start : start + BATCH])
        pushed = await push(database, registry, actor, request, now)
        if pushed.outcome != "ok" or pushed.fault is not None:
            raise RuntimeError("the demo's own check-ins were not taken")


def _queue(story: Iterable[Told], person: Person) -> Iterable[QueuedMutation]:
    for number, told in enumerate(story, start=1):
        args: dict[str, Any] = {
            "id": uuid4(),
            "mood": told.mood,
            "energy": told.energy,
            "feelings": told.feelings,
            "contexts": told.contexts,
            "note": told.note,
            "happenedAt": told.happened_at,
            "zone": person.zone,
        }
        yield QueuedMutation(number, uuid4(), "check_ins.record", Raw(msgspec.json.encode(args)))
