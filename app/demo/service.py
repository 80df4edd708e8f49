"""Fills a database with ada and ben, through the same doors that phones use."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

import msgspec
from msgspec import Raw

from app.accounts import service as accounts
from app.db import Database
from app.demo import rules
from app.demo.rules import Person, Told
from app.errors import Conflict, Forbidden
from app.spaces.actor import Actor
from app.sync.push import push
from app.sync.registry import Registry
from app.sync.wire import QueuedMutation, SyncRequest

PASSWORD = "a quiet harbour"  # noqa: S105 - a demo's, said aloud
BATCH = 100

# Every id comes from here: a story that is told again is the same changes of the same phone, which are taken once.
_IDS = UUID("0b6e9a52-6a3f-4a0e-9a3c-1d2f70c1b0de")


async def fill(database: Database, registry: Registry, members: accounts.Accounts, now: datetime) -> bool:
    """The database now holds four months of ada and ben, up to the day they came.

    True if something was missing: all of it, or what a fill that was killed half-way had left. What a visitor has
    changed since stays as it is.
    """
    wrote = [await _fill_with(database, registry, members, person, now) for person in (rules.ADA, rules.BEN)]
    return any(wrote)


async def _fill_with(
    database: Database, registry: Registry, members: accounts.Accounts, person: Person, now: datetime
) -> bool:
    try:
        entered = await _enter(members, person, now)
    except Forbidden:
        return False  # somebody has given them another password: they are nobody's to fill any more
    token = entered.started.token
    async with database.connection() as connection:
        actor = await accounts.actor_of(connection, token, now)
    came = (await members.account(actor)).created_at
    wrote = await _write(database, registry, actor, person, came)
    await members.sign_out(token)
    return wrote


async def _enter(members: accounts.Accounts, person: Person, now: datetime) -> accounts.Entered:
    visit = accounts.Visit(address="demo")
    try:
        entered, _ = await members.sign_up(
            visit, person.name, PASSWORD, adult=True, consent=accounts.CONSENT_VERSION, label="Demo", now=now
        )
    except Conflict as conflict:
        if conflict.code != "name-taken":
            raise
        return await members.sign_in(visit, person.name, PASSWORD, label="Demo", now=now)
    return entered


async def _write(database: Database, registry: Registry, actor: Actor, person: Person, came: datetime) -> bool:
    """Send the whole story; True if any of it was new."""
    queued = list(_queue(rules.months_of(person, came, seed="leeward"), person))
    wrote = False
    for start in range(0, len(queued), BATCH):
        request = SyncRequest(device=_id(person), sent_at=came, mutations=queued[start : start + BATCH])
        pushed = await push(database, registry, actor, request, came)
        if pushed.outcome != "ok" or pushed.fault is not None:
            raise RuntimeError("the demo's own check-ins were not taken")
        wrote = wrote or bool(pushed.touched)
    return wrote


def _queue(story: Iterable[Told], person: Person) -> Iterable[QueuedMutation]:
    for number, told in enumerate(story, start=1):
        args: dict[str, Any] = {
            "id": _id(person, f"check-in {number}"),
            "mood": told.mood,
            "energy": told.energy,
            "feelings": told.feelings,
            "contexts": told.contexts,
            "note": told.note,
            "happenedAt": told.happened_at,
            "zone": person.zone,
        }
        yield QueuedMutation(
            number, _id(person, f"change {number}"), "check_ins.record", Raw(msgspec.json.encode(args))
        )


def _id(person: Person, of: str = "phone") -> UUID:
    return uuid5(_IDS, f"{person.name} {of}")
