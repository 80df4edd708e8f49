"""Ada and ben as buddies: they agreed a month ago, share some of their weather since, and talk now and then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid5

import msgspec
from msgspec import Raw, Struct

from app.buddies import service as buddies
from app.db import Database
from app.demo.rules import Told
from app.demo.words import SAID, WORRIED
from app.spaces.actor import Actor
from app.sync.push import push
from app.sync.registry import Registry
from app.sync.wire import QueuedMutation, SyncRequest

AGREED: Final = timedelta(days=30)
"""So long before the end of the story they became buddies."""

SHARED: Final = timedelta(days=7)
REVIEW: Final = timedelta(days=60)

_PAIR = """
SELECT mine.space_id FROM membership mine
JOIN membership theirs ON theirs.space_id = mine.space_id AND theirs.account_id = $2
WHERE mine.account_id = $1 AND mine.role = 'buddy'
"""


class Half(Struct, frozen=True):
    """One of the two: who acts, as what phone, and their check-ins by id, oldest first."""

    actor: Actor
    name: str
    phone: UUID
    check_ins: Mapping[UUID, Told]


Step = tuple[Half, timedelta, str, dict[str, Any]]
"""Who does it, how long before the end of the story, the mutation, and its arguments without the pair."""


async def bring_together(database: Database, registry: Registry, ada: Half, ben: Half, until: datetime) -> bool:
    """The two are buddies, as the story has it; True if something of that was missing.

    A pair that a visitor has ended stays ended.
    """
    told = {half.phone: await _told(database, registry, half, until) for half in (ada, ben)}
    pair = await _pair(database, ada, ben)
    if pair is None:
        if any(told.values()):
            return False
        pair = await _begin(database, ada, ben, until - AGREED)
    numbers = dict.fromkeys(told, 0)
    wrote = False
    for half, before, name, args in _steps(ada, ben, until):
        numbers[half.phone] += 1
        number = numbers[half.phone]
        if number > told[half.phone]:
            await _do(database, registry, half, number, name, {"pair": pair, **args}, until - before)
            wrote = True
    return wrote


async def _told(database: Database, registry: Registry, half: Half, now: datetime) -> int:
    """How much of the story this phone has told already."""
    request = SyncRequest(device=half.phone, sent_at=now, mutations=[])
    return (await push(database, registry, half.actor, request, now)).last


async def _pair(database: Database, ada: Half, ben: Half) -> UUID | None:
    async with database.connection() as connection:
        return await connection.fetchval(_PAIR, ada.actor.account_id, ben.actor.account_id)


async def _begin(database: Database, ada: Half, ben: Half, now: datetime) -> UUID:
    finding = buddies.Buddies(database, lambda _: None)
    made = await finding.invite(ada.actor, ada.name, now=now)
    return await finding.accept(ben.actor, "demo", buddies.Key(made.secret), ben.name, now=now)


async def _do(
    database: Database, registry: Registry, half: Half, number: int, name: str, args: dict[str, Any], when: datetime
) -> None:
    queued = QueuedMutation(number, uuid5(half.phone, str(number)), name, Raw(msgspec.json.encode(args)))
    request = SyncRequest(device=half.phone, sent_at=when, mutations=[queued])
    pushed = await push(database, registry, half.actor, request, when)
    if pushed.outcome != "ok" or pushed.fault is not None or pushed.last != number:
        raise RuntimeError("the demo's own story of two was not taken")


def _steps(ada: Half, ben: Half, until: datetime) -> Iterator[Step]:
    """The whole story of the two, in order."""
    yield from _agreement(ada, ben, until)
    steps = [*_shares(ada, "feelings", until), *_shares(ben, "weather", until), *_talk(ada, ben)]
    yield from sorted(steps, key=lambda step: -step[1])


def _agreement(ada: Half, ben: Half, until: datetime) -> Iterator[Step]:
    review = (until - AGREED + REVIEW).date().isoformat()
    hers = {"shares": "feelings", "days": [1, 2, 3, 4, 5], "hoursFrom": "18:00", "hoursTo": "22:00"}
    his = {"shares": "weather", "days": [1, 3, 5, 6, 7], "hoursFrom": "09:00", "hoursTo": "21:00", "notOnCall": True}
    both = {"worried": WORRIED, "reviewOn": review}
    first, second = uuid5(ada.phone, "proposal"), uuid5(ben.phone, "proposal")
    yield ada, AGREED, "agreements.propose", {"id": first, "terms": {"part": hers, **both}}
    answer = {"id": second, "answers": first, "terms": {"part": his, **both}}
    yield ben, AGREED - timedelta(hours=2), "agreements.propose", answer
    yield ada, AGREED - timedelta(hours=3), "agreements.accept", {"id": second}


def _shares(half: Half, level: str, until: datetime) -> Iterator[Step]:
    for check_in, told in half.check_ins.items():
        before = until - told.happened_at
        if timedelta() <= before < SHARED:
            yield half, before, "shared_check_ins.share", {"id": check_in, "level": level}


def _talk(ada: Half, ben: Half) -> Iterator[Step]:
    for place, (who, hours, kind, what) in enumerate(SAID):
        half = ada if who == "ada" else ben
        args = {"id": uuid5(half.phone, f"said {place}")}
        if kind == "signal":
            yield half, timedelta(hours=hours), "signals.send", {**args, "signal": what}
        else:
            yield half, timedelta(hours=hours), "messages.send", {**args, "text": what}
