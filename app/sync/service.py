"""One sync: what the phone sends is taken, then everything newer than its cookie is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.db import Database
from app.errors import Conflict, NotSignedIn, TooLarge
from app.spaces.actor import Actor
from app.sync.ledger import NotInOrderError, SessionOf
from app.sync.pokes import Pokes
from app.sync.pull import Pulled, pull
from app.sync.push import push
from app.sync.registry import Registry
from app.sync.wire import MOST_MUTATIONS, SyncReply, SyncRequest


@dataclass(frozen=True, slots=True)
class Sync:
    """What a sync needs of this process."""

    database: Database
    registry: Registry
    pokes: Pokes
    build: str

    async def answer(self, actor: Actor | None, request: SyncRequest, now: datetime) -> SyncReply:
        """A phone and the server now know of each other what both may know.

        Raises:
            TooLarge: more than 500 changes at once.
            NotSignedIn: the phone's store belongs to somebody, but nobody is signed in.
            Conflict: the store belongs to another account, or to nobody yet; nothing was looked at.
            Unavailable: nothing was changed; try again.
        """
        check_size(request)
        check_owner(actor, request)
        if actor is None or not (request.mutations or request.confirmed):
            return await self._pull(actor.account_id if actor else None, request)
        return await self._push(actor, request, now)

    async def answer_at_once(self, token_hash: bytes | None, request: SyncRequest, now: datetime) -> SyncReply | None:
        """The same for a phone that sends changes in a session that is in order, without asking first whose it is.

        None: that has to be asked; nothing was changed. Raises TooLarge, Unavailable.
        """
        check_size(request)
        if token_hash is None or request.owner is None or not request.mutations:
            return None
        try:
            return await self._push(SessionOf(request.owner, token_hash), request, now)
        except NotInOrderError:
            return None

    async def _push(self, who: Actor | SessionOf, request: SyncRequest, now: datetime) -> SyncReply:
        pushed = await push(self.database, self.registry, who, request, now)
        if pushed.outcome != "ok":
            return SyncReply(epoch=pushed.epoch, build=self.build, outcome=pushed.outcome, last=pushed.last)
        self.pokes.written(pushed.touched, by=request.device)
        self.pokes.tell(pushed.told)
        reply = self._reply(pushed.news) if pushed.news else await self._pull(who.account_id, request)
        reply.fault = pushed.fault
        return reply

    async def _pull(self, account_id: UUID | None, request: SyncRequest) -> SyncReply:
        async with self.database.connection() as connection:
            pulled = await pull(
                connection,
                self.registry,
                account_id=account_id,
                device=request.device,
                cookie=request.cookie,
            )
        if request.cookie is not None and request.cookie.epoch != pulled.epoch:
            return SyncReply(epoch=pulled.epoch, build=self.build, outcome="epoch-changed", last=pulled.last)
        return self._reply(pulled)

    def _reply(self, pulled: Pulled) -> SyncReply:
        return SyncReply(
            epoch=pulled.epoch,
            build=self.build,
            outcome="ok",
            last=pulled.last,
            refusals=pulled.refusals,
            spaces=pulled.spaces,
            whole=pulled.whole,
            rows=pulled.rows,
            cookie=pulled.cookie,
            more=pulled.more,
        )


def check_size(request: SyncRequest) -> None:
    """Raises TooLarge when a phone sends more than 500 changes at once."""
    if len(request.mutations) > MOST_MUTATIONS:
        raise TooLarge("too-many-mutations", f"At most {MOST_MUTATIONS} changes can be sent at once.")


def check_owner(actor: Actor | None, request: SyncRequest) -> None:
    """A store is only ever synced with the account that owns it.

    Raises:
        NotSignedIn: `signed-out`.
        Conflict: `store-without-owner`, `another-account`.
    """
    if actor is None:
        if request.owner is not None:
            raise NotSignedIn("signed-out", "Sign in again to go on. Everything on this phone is kept.")
    elif request.owner is None:
        raise Conflict("store-without-owner", "Say first what becomes of the check-ins on this phone.")
    elif request.owner != actor.account_id:
        raise Conflict("another-account", "Somebody else is signed in here than this phone's check-ins belong to.")
