"""Fills a database with ada and ben, through the same doors that phones use."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

import msgspec
from msgspec import Raw, Struct

from app.accounts import service as accounts
from app.db import Database
from app.demo import rules
from app.demo.rules import Person, Told
from app.demo.together import Half, bring_together
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
    """The database now holds four months of ada and ben, up to the day they came, and the two are buddies.

    True if something was missing: all of it, or what a fill that was killed half-way had left. What a visitor has
    changed since stays as it is.
    """
    ada = await _fill_with(database, registry, members, rules.ADA, now)
    ben = await _fill_with(database, registry, members, rules.BEN, now)
    wrote = [filled.wrote for filled in (ada, ben) if filled is not None]
    if ada is not None and ben is not None:
        until = max(ada.came, ben.came)
        wrote.append(await bring_together(database, registry, ada.half, ben.half, until))
    return any(wrote)


class _Filled(Struct, frozen=True):
    """Somebody whose months are there: since when, and whether any of it was new."""

    half: Half
    came: datetime
    wrote: bool


async def _fill_with(
    database: Database, registry: Registry, members: accounts.Accounts, person: Person, now: datetime
) -> _Filled | None:
    """None where somebody has given them another password: they are nobody's to fill any more."""
    try:
        entered = await _enter(members, person, now)
    except Forbidden:
        return None
    token = entered.started.token
    async with database.connection() as connection:
        actor = await accounts.actor_of(connection, token, now)
    came = (await members.account(actor)).created_at
    story = list(rules.months_of(person, came, seed="leeward"))
    wrote = await _write(database, registry, actor, person, story, came)
    await members.sign_out(token)
    check_ins = {_id(person, f"check-in {number}"): told for number, told in enumerate(story, start=1)}
    return _Filled(Half(actor, person.name.title(), _id(person, "phone of the two"), check_ins), came, wrote)


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


async def _write(
    database: Database, registry: Registry, actor: Actor, person: Person, story: Iterable[Told], came: datetime
) -> bool:
    """Send the whole story; True if any of it was new."""
    queued = list(_queue(story, person))
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
