"""Ada, ben and cleo, who can find each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import asyncpg
import pytest

from app.buddies.news import NEWS, What
from app.buddies.pushes import decides
from app.buddies.service import Buddies, Key
from app.db import Database
from app.push.kinds import Decision, Waiting
from app.spaces.actor import Actor
from app.sync.service import Sync
from tests.sync.fixtures import Member, ada, cleo, member, sync
from tests.sync.phone import NOW, Phone

__all__ = ["ada", "cleo", "member", "sync"]

ADDRESS = "192.0.2.1"
DECIDES = {news.name: decides(news) for news in NEWS}


@dataclass
class Told:
    """Whose phones were asked to pull."""

    accounts: list[UUID] = field(default_factory=list[UUID])

    def __call__(self, accounts: Iterable[UUID]) -> None:
        self.accounts += accounts


@dataclass
class Pair:
    """Ada and another with a phone each, and who they are in their pair."""

    id: str
    hers: Phone
    his: Phone
    ada: str
    ben: str


@dataclass
class Town:
    """Finding each other, with shortcuts for what most tests begin with."""

    buddies: Buddies
    told: Told
    sync: Sync

    async def secret_of(self, actor: Actor, name: str = "Ada") -> str:
        return (await self.buddies.invite(actor, name, now=NOW)).secret

    async def pair(self, one: Actor, other: Actor) -> UUID:
        secret = await self.secret_of(one)
        return await self.buddies.accept(other, ADDRESS, Key(secret), "Ben", now=NOW)

    async def two_phones(self, ada: Actor, ben: Actor) -> Pair:
        """The two are buddies, and their phones know it."""
        pair = await self.pair(ada, ben)
        hers, his = self.phone(ada), self.phone(ben)
        me = [{space.id: space.me for space in (await phone.talk()).spaces}[pair] for phone in (hers, his)]
        return Pair(str(pair), hers, his, str(me[0]), str(me[1]))

    def phone(self, actor: Actor) -> Phone:
        return Phone(self.sync, actor)


@pytest.fixture
def town(database: Database, sync: Sync) -> Town:
    told = Told()
    return Town(Buddies(database, told), told, sync)


@pytest.fixture
async def ben(member: Member) -> Actor:
    return await member("ben")


def waiting(pair: Pair, ben: Actor, what: What = "message", language: str = "en") -> Waiting:
    return Waiting(
        id=uuid4(),
        key=bytes(24),
        account_id=ben.account_id,
        session_id=ben.session_id,
        kind=what,
        space_id=UUID(pair.id),
        subject=UUID(pair.ben),
        local_date=None,
        slot=None,
        due_at=NOW,
        expires_at=NOW + timedelta(days=1),
        language=language,
    )


async def decided(look: asyncpg.Connection, one: Waiting, now: datetime = NOW) -> Decision:
    (decision,) = await DECIDES[one.kind](look, [one], now)
    return decision
