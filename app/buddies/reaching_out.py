"""What a member does to reach out, and what then happens by itself: through the same door as everything else.

The journal and the pairs that a reach-out names are locked in the order of their ids, every row written gets its
space's next version, and the phones of all that are in them are asked to pull.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import asyncpg
from msgspec import Struct

from app.buddies import reach_out_rules, reach_outs
from app.buddies.reach_out_rules import State
from app.buddies.reach_outs import DUE, Open, ReachOut, Wish
from app.db import Database
from app.due import service as dues
from app.due.service import Due
from app.errors import Conflict, NotFound, TooMany, Unavailable
from app.spaces import service as spaces
from app.spaces.actor import Actor

_BUSY: Final = timedelta(seconds=1)
_DAY_IN_SECONDS: Final = 24 * 3600

_WHOSE = "SELECT account_id FROM membership WHERE space_id = $1 AND role = 'owner'"

Tell = Callable[[Iterable[UUID]], None]
Wake = Callable[[asyncpg.Connection, Sequence[Due], datetime], Awaitable[None]]
TellAtCommit = Callable[[asyncpg.Connection, Collection[UUID]], Awaitable[None]]


class Standing(Struct, frozen=True):
    """How a reach-out stands; `parts` by pair, in their order. Why somebody is `unreachable` is not said."""

    state: State
    parts: Sequence[tuple[UUID, reach_out_rules.PartState]]


class ReachOuts(Struct, frozen=True):
    """What reaching out needs of this process: `tell` asks the phones of accounts to pull."""

    database: Database
    tell: Tell

    async def reach_out(
        self, actor: Actor, id_: UUID, wish: Wish, *, begun_at: datetime, sent_at: datetime, now: datetime
    ) -> Standing:
        """A member wants company: the first buddy who can be reached is asked now.

        Said twice, or after it was taken back, it is as it stands. Another one that is still going on ends. Pairs that
        are not the member's are left out.

        Raises `Conflict` "reach-out-too-old", `TooMany` "too-many-reach-outs", `Unavailable`.
        """
        try:
            async with self.database.transaction() as connection:
                opened = await _open_mine(connection, actor, id_, wish.pairs)
                if await reach_outs.state_of(connection, actor.journal_id, id_) is None:
                    if not reach_out_rules.is_fresh(begun_at, sent_at):
                        raise Conflict("reach-out-too-old", "That was more than ten minutes ago. Do you still want it?")
                    await _count(connection, actor.journal_id, now)
                    for other in await reach_outs.open_ones(connection, actor.journal_id, but=id_):
                        await reach_outs.end(connection, opened, other, now)
                    mine = Wish(wish.want, [pair for pair in wish.pairs if pair in opened.pairs], wish.minutes)
                    begun = min(now, reach_out_rules.on_our_clock(begun_at, sent_at, now))
                    await reach_outs.begin(connection, opened.journal, id_, mine, begun, now)
                    await _go_on(connection, opened, actor.account_id, id_, now)
                told = await _close(connection, opened)
                standing = await _standing(connection, actor, id_)
        except asyncpg.DeadlockDetectedError as deadlock:
            raise _busy() from deadlock
        self.tell(told)
        return standing

    async def standing(self, actor: Actor, id_: UUID) -> Standing:
        """How a member's reach-out stands. Raises `NotFound` "no-such-reach-out"."""
        async with self.database.transaction(read_only=True) as connection:
            if await reach_outs.state_of(connection, actor.journal_id, id_) is None:
                raise NotFound("no-such-reach-out", "There is no such reach-out of yours.")
            return await _standing(connection, actor, id_)

    async def take_back(self, actor: Actor, id_: UUID, *, now: datetime) -> None:
        """A member needs it no longer; should it only come after this, it reaches nobody. Raises `Unavailable`."""
        try:
            async with self.database.transaction() as connection:
                opened = await _open_mine(connection, actor, id_)
                await reach_outs.end(connection, opened, id_, now)
                told = await _close(connection, opened)
        except asyncpg.DeadlockDetectedError as deadlock:
            raise _busy() from deadlock
        self.tell(told)


def waking(tell: TellAtCommit) -> Wake:
    """What goes on when it falls due: nobody has answered in time, somebody has, or it is forgotten.

    It waits for no lock, for it holds what is due: a space that is being written in just now is looked at again in a
    second.
    """

    async def wake(connection: asyncpg.Connection, claimed: Sequence[Due], now: datetime) -> None:
        told: set[UUID] = set()
        for due in claimed:
            asker = await connection.fetchval(_WHOSE, due.space_id)
            named = await reach_outs.pairs_of(connection, due.space_id, [due.subject])
            opened = await _open_if_free(connection, due.space_id, named)
            if opened is None:
                await dues.put_off(connection, DUE, [Due(due.space_id, due.subject, now + _BUSY)])
                continue
            if not await _go_on(connection, opened, asker, due.subject, now):
                await dues.forget(connection, DUE, [(due.space_id, due.subject)])
            told |= await _close(connection, opened)
        if told:
            await tell(connection, told)

    return wake


async def _go_on(connection: asyncpg.Connection, opened: Open, asker: UUID, id_: UUID, now: datetime) -> bool:
    again = await reach_outs.go_on(connection, opened, asker, id_, now)
    if again is not None:
        await reach_outs.due_again(connection, opened.journal.id, id_, again)
    return again is not None


async def _count(connection: asyncpg.Connection, journal_id: UUID, now: datetime) -> None:
    since = reach_out_rules.a_day_before(now)
    if await reach_outs.begun_since(connection, journal_id, since) >= reach_out_rules.REACH_OUTS_A_DAY:
        raise TooMany(
            "too-many-reach-outs",
            "You have reached out often today. A helpline is there at any time.",
            retry_after=_DAY_IN_SECONDS // reach_out_rules.REACH_OUTS_A_DAY,
        )


async def _open_mine(connection: asyncpg.Connection, actor: Actor, id_: UUID, pairs: Collection[UUID] = ()) -> Open:
    """Lock the member's journal, these pairs of theirs, and those of this reach-out and of others still going on."""
    named = await _named(connection, actor, id_)
    mine = await spaces.lock(connection, actor.account_id, {actor.journal_id, *pairs, *named})
    locked = {space.id: space for space in mine}
    journal = locked.pop(actor.journal_id, None)
    # Deleted just now, or reached out on another phone: asking again, it is found as it is then.
    if journal is None or not await _named(connection, actor, id_) <= locked.keys():
        raise _busy()
    return Open(journal, {id_: space for id_, space in locked.items() if space.role == "buddy"})


async def _named(connection: asyncpg.Connection, actor: Actor, id_: UUID) -> set[UUID]:
    others = await reach_outs.open_ones(connection, actor.journal_id, but=id_)
    return set(await reach_outs.pairs_of(connection, actor.journal_id, [*others, id_]))


async def _open_if_free(connection: asyncpg.Connection, journal_id: UUID, pairs: Collection[UUID]) -> Open | None:
    locked = {space.id: space for space in await spaces.lock_if_free(connection, {journal_id, *pairs})}
    if len(locked) < 1 + len(pairs):
        return None
    return Open(locked.pop(journal_id), locked)


async def _close(connection: asyncpg.Connection, opened: Open) -> set[UUID]:
    """Write the versions back; returns whose phones have something to pull."""
    return await spaces.write_versions(connection, [opened.journal, *opened.pairs.values()])


async def _standing(connection: asyncpg.Connection, actor: Actor, id_: UUID) -> Standing:
    found: ReachOut | None = await reach_outs.find(connection, actor.journal_id, id_)
    if found is None:
        return Standing("ended", [])
    return Standing(found.state, [(place.pair, place.part.state) for place in found.places])


def _busy() -> Unavailable:
    return Unavailable("try-again", "The server could not do that just now, and nobody was asked.", retry_after=1)
