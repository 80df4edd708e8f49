"""Ada, and buddies whom she can ask, each with a phone that pushes reach."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from app import clock
from app.asgi import wakes
from app.buddies.reach_out_rules import Minutes, Want
from app.buddies.reach_outs import Wish
from app.buddies.service import ReachOuts, Standing
from app.db import Database
from app.spaces.actor import Actor
from app.worker.waker import wake_once
from tests.buddies.conftest import Pair, Told, Town
from tests.buddies.test_agreements import agree
from tests.push.conftest import Harbour
from tests.push.local_push_service import Device, Received
from tests.sync.fixtures import Member
from tests.sync.phone import Phone

T0 = clock.now()
"""When ada begins. The queue that brings pushes goes by the database's own clock, so it is now."""


@dataclass
class Friend:
    """A buddy of ada's: their phone, where pushes reach it, and who the two are to each other."""

    actor: Actor
    pair: Pair
    device: Device

    @property
    def space(self) -> UUID:
        return UUID(self.pair.id)

    @property
    def phone(self) -> Phone:
        return self.pair.his

    async def ask(self) -> dict[str, Any] | None:
        """What their phone shows of an ask, when it looks."""
        await self.phone.talk()
        rows = list(self.phone.living("ask").values())
        return rows[0] if rows else None

    async def answers(self, answer: str, at: datetime) -> None:
        """They answer, online or not: the phone sends it."""
        await self.phone.talk()
        [ask] = self.phone.living("ask")
        self.phone.now = at
        self.phone.queue("asks.answer", {"pair": self.pair.id, "id": str(ask), "answer": answer})
        assert (await self.phone.talk()).refusals == []


@dataclass
class Company:
    """Ada's side of it, and the clock of what happens by itself."""

    town: Town
    harbour: Harbour
    member: Member
    ada: Actor
    reach_outs: ReachOuts
    told: Told = field(default_factory=Told)
    begun: int = 0

    @property
    def database(self) -> Database:
        return self.harbour.database

    async def friend(self, name: str, *, agreed: bool = True, device: bool = True) -> Friend:
        actor = await self.member(name)
        pair = await self.town.two_phones(self.ada, actor)
        for phone in (pair.hers, pair.his):
            phone.now = T0
        if agreed:
            await agree(pair, hers="nothing", his="nothing")
        await self.harbour.session(actor)
        return Friend(actor, pair, await self.harbour.subscribe(actor) if device else self.harbour.pushes.device())

    async def reaches_out(
        self,
        *friends: Friend,
        want: Want = "sit",
        minutes: Minutes = 5,
        at: datetime = T0,
        id_: UUID | None = None,
        clock_is_off_by: timedelta = timedelta(0),
        waited: timedelta = timedelta(0),
        actor: Actor | None = None,
    ) -> tuple[UUID, Standing]:
        id_ = id_ or uuid4()
        wish = Wish(want, [friend.space for friend in friends], minutes)
        sent_at = at + clock_is_off_by
        standing = await self.reach_outs.reach_out(
            actor or self.ada, id_, wish, begun_at=sent_at - waited, sent_at=sent_at, now=at
        )
        return id_, standing

    async def standing(self, id_: UUID) -> tuple[str, list[str]]:
        """How it stands, as the server says: the state, and that of each part."""
        standing = await self.reach_outs.standing(self.ada, id_)
        return standing.state, [state for _, state in standing.parts]

    async def wake(self, at: datetime) -> None:
        """The waker goes round until nothing is due."""
        while await wake_once(self.database, wakes(), at):
            pass

    async def pushed_to(self, friend: Friend) -> list[Received]:
        path = friend.device.endpoint.removeprefix(self.harbour.pushes.origin)
        return [received for received in self.harbour.pushes.received if received.path == path]

    async def waiting_for(self, friend: Friend) -> list[tuple[str, str | None]]:
        """Pushes on their way to somebody: kind and slot."""
        rows = await self.harbour.rows(
            "SELECT d.kind, d.slot FROM push_delivery d JOIN push_subscription s ON s.id = d.subscription_id"
            " WHERE s.account_id = $1 AND d.state = 'waiting' ORDER BY d.due_at, d.slot NULLS FIRST",
            friend.actor.account_id,
        )
        return [(row["kind"], row["slot"]) for row in rows]


@pytest.fixture
def company(town: Town, harbour: Harbour, member: Member, ada: Actor) -> Company:
    told = Told()
    return Company(town, harbour, member, ada, ReachOuts(harbour.database, told), told)


@pytest.fixture
async def ben(company: Company) -> Friend:
    return await company.friend("ben")


@pytest.fixture
async def dan(company: Company) -> Friend:
    return await company.friend("dan")


async def hers(company: Company) -> Phone:
    """Ada's phone, which knows everything that she may know."""
    phone = company.town.phone(company.ada)
    await phone.talk()
    return phone
