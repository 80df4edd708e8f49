"""What a member can do with a buddy: find each other, agree, share, part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import asyncpg
from msgspec import Struct

from app.accounts.service import Bucket, Limit, take_a_try
from app.buddies import (
    agreements,
    asks,
    choices,
    invitations,
    kept,
    pairs,
    parting,
    pushes,
    reach_out_rules,
    reading,
    review,
    step_back_rows,
    talking,
)
from app.buddies.agreements import Part, Terms
from app.buddies.choices import Changes
from app.buddies.invitations import Code, Found, Invitation, NewInvitation
from app.buddies.missed import AfterHours, HelloWish, checked_in, count_anew, wish_for_hello
from app.buddies.parting import Parting
from app.buddies.reach_out_rules import Answer, Minutes, PartState, Want
from app.buddies.reach_out_rules import State as ReachOutState
from app.buddies.reach_outs import Wish
from app.buddies.reaching_out import ReachOuts, Standing
from app.buddies.reportable import Other, Wanted, Written, other_of, words_of
from app.buddies.rules import MOST_BUDDIES, Level, Signal
from app.buddies.sharing import follow, share, take_back
from app.db import Database
from app.errors import Conflict, Refused, Unavailable
from app.spaces.actor import Actor
from app.spaces.open_space import OpenSpace

__all__ = [
    "MOST_BUDDIES",
    "AfterHours",
    "Answer",
    "Buddies",
    "Changes",
    "Code",
    "HelloWish",
    "Invitation",
    "Key",
    "Level",
    "Minutes",
    "NewInvitation",
    "Other",
    "Part",
    "PartState",
    "Parting",
    "ReachOutState",
    "ReachOuts",
    "Signal",
    "Standing",
    "Terms",
    "Want",
    "Wanted",
    "Wish",
    "Written",
    "accept",
    "answer",
    "block_after",
    "block_parted",
    "checked_in",
    "choose",
    "count_anew",
    "decline",
    "delete_message",
    "end",
    "end_step_back",
    "follow",
    "mark",
    "narrow",
    "other_of",
    "partings_of",
    "propose",
    "prune",
    "rename",
    "say",
    "share",
    "signal",
    "step_back",
    "take_back",
    "wish_for_hello",
    "words_of",
]

OPENING_OF_ADDRESS = Limit("invitation address", 300, timedelta(seconds=3))
CODES_OF_ACCOUNT = Limit("invitation code account", 10, timedelta(minutes=3))
CODES_OF_ADDRESS = Limit("invitation code address", 100, timedelta(seconds=20))
CODES_GIVEN = Limit("invitation code given", 20, timedelta(minutes=5))

partings_of = parting.all_of


class Key(Struct, frozen=True):
    """What somebody opens an invitation with: the secret of its link, or its short code."""

    secret: str | None = None
    code: str | None = None


class Buddies(Struct, frozen=True):
    """What finding each other needs of this process: `tell` asks the phones of accounts to pull."""

    database: Database
    tell: Callable[[Iterable[UUID]], None]

    async def invite(self, actor: Actor, name: str, *, now: datetime) -> NewInvitation:
        """A member invites somebody they know, who will call them by this name.

        Raises `Invalid` "name-invalid", `Conflict` "too-many-invitations".
        """
        async with self.database.transaction() as connection:
            await _hold(connection, actor.account_id)
            return await invitations.make(connection, actor.account_id, name, now)

    async def invitations(self, actor: Actor, *, now: datetime) -> Sequence[Invitation]:
        """A member's open invitations, the newest first."""
        async with self.database.connection() as connection:
            return await invitations.open_ones(connection, actor.account_id, now)

    async def withdraw(self, actor: Actor, invitation_id: UUID, *, now: datetime) -> None:
        """A member takes an invitation back; nobody can use it any more."""
        async with self.database.connection() as connection:
            await invitations.withdraw(connection, actor.account_id, invitation_id, now)

    async def give_code(self, actor: Actor, invitation_id: UUID, *, now: datetime) -> Code:
        """A member says an invitation aloud. Raises `NotFound` "no-such-invitation", `TooMany`."""
        async with self.database.connection() as connection:
            await take_a_try(connection, Bucket(CODES_GIVEN, actor.account_id.bytes), now)
            return await invitations.give_code(connection, actor.account_id, invitation_id, now)

    async def look(self, actor: Actor | None, address: str, key: Key, *, now: datetime) -> str:
        """Somebody has opened an invitation: the name of whoever invites.

        Raises `Conflict` "invitation-used", "-expired", "-withdrawn", "-own", "code-opens-nothing"; `TooMany`.
        """
        async with self.database.connection() as connection:
            found = await _find(connection, actor, address, key, now)
            return (await _open_to(connection, actor, found, key)).name

    async def accept(self, actor: Actor, address: str, key: Key, name: str, *, now: datetime) -> UUID:
        """A member says yes to an invitation: two are buddies now; returns their space.

        Raises what `look` raises, `Invalid` "name-invalid", `Conflict` "already-buddies", "too-many-buddies",
        `Unavailable` "try-again".
        """
        mine = invitations.clean_name(name)
        async with self.database.connection() as connection:
            found = await _find(connection, actor, address, key, now)
        try:
            async with self.database.transaction() as connection:
                await _hold(connection, actor.account_id, found.account_id)
                # Held now, nobody else can use it, nor can it be withdrawn: it is as it is found here.
                found = await _open_to(connection, actor, await invitations.again(connection, found, now), key)
                names = {found.account_id: found.name, actor.account_id: mine}
                pair = await pairs.begin(connection, names, now)
                await invitations.use(connection, found, now)
        # A batch that blocks several holds their accounts one after the other, in the order in which it blocks them.
        except asyncpg.DeadlockDetectedError as deadlock:
            raise _changed() from deadlock
        self.tell(names)
        return pair


async def rename(connection: asyncpg.Connection, actor: Actor, pair: OpenSpace, name: str, now: datetime) -> None:
    """A member wants to be called otherwise by a buddy. Raises `Invalid` "name-invalid"."""
    await pairs.rename(connection, actor.account_id, pair, invitations.clean_name(name), now)


async def propose(
    connection: asyncpg.Connection,
    actor: Actor,
    pair: OpenSpace,
    proposal_id: UUID,
    terms: Terms,
    *,
    answers: UUID | None,
    now: datetime,
) -> None:
    """A member proposes what the two agree on, speaking for themselves. Raises `Refused` as `agreements.propose`."""
    me = await pairs.row_of(connection, actor.account_id, pair.id)
    if await agreements.propose(connection, pair, me, proposal_id, terms, answers=answers, now=now):
        await pushes.tell_the_other(connection, pair.id, actor.account_id, "proposal", now)


async def narrow(connection: asyncpg.Connection, actor: Actor, pair: OpenSpace, level: Level, now: datetime) -> None:
    """A member shares no more than this with a buddy. It needs nobody's yes, and counts at once."""
    me = await pairs.row_of(connection, actor.account_id, pair.id)
    await agreements.narrow(connection, pair, me, level, now)


async def accept(
    connection: asyncpg.Connection, actor: Actor, pair: OpenSpace, proposal_id: UUID, now: datetime
) -> None:
    """A member says yes to what the other proposes. Raises `Refused` "proposal-gone", "own-proposal"."""
    me = await pairs.row_of(connection, actor.account_id, pair.id)
    await agreements.accept(connection, pair, me, proposal_id, now)
    await review.follow(connection, pair.id, now)
    # Whoever proposed it shares from now on what they said: they hear that it begins. Of a no they hear nothing.
    await pushes.tell_the_other(connection, pair.id, actor.account_id, "agreed", now)


decline = agreements.decline


async def answer(
    connection: asyncpg.Connection, actor: Actor, pair: OpenSpace, ask_id: UUID, said: Answer, now: datetime
) -> None:
    """A member answers a buddy who asks for company, however late."""
    me = await pairs.row_of(connection, actor.account_id, pair.id)
    await asks.answer(connection, pair, me, ask_id, said, now)


async def step_back(
    connection: asyncpg.Connection, journal: OpenSpace, until: datetime | None, *, sent_at: datetime, now: datetime
) -> None:
    """A member wants nothing from any buddy until then, by their phone's clock, or (None) until they say."""
    ends = None if until is None else reach_out_rules.on_our_clock(until, sent_at, now)
    await step_back_rows.begin(connection, journal, ends, now)


end_step_back = step_back_rows.end


async def end(
    connection: asyncpg.Connection, actor: Actor, pair: OpenSpace, now: datetime, *, block: bool
) -> list[UUID]:
    """A member parts from a buddy, at once, without a reason; with `block` for good. Returns whose it was."""
    await kept.keep_all(connection, pair.id, now)
    whose = await pairs.end(connection, pair, now)
    if block:
        await _hold(connection, *whose)
        await pairs.block(connection, actor.account_id, [one for one in whose if one != actor.account_id], now)
    return whose


async def choose(
    connection: asyncpg.Connection, actor: Actor, journal: OpenSpace, pair: OpenSpace, changes: Changes, now: datetime
) -> None:
    """A member has chosen what they are told of a pair, and what the other learns of them."""
    me = await pairs.row_of(connection, actor.account_id, pair.id)
    await choices.change(connection, journal, pair.id, me, changes, now)
    if changes.show_seen is False:
        await reading.hide(connection, pair, me, now)


async def signal(
    connection: asyncpg.Connection,
    actor: Actor,
    pair: OpenSpace,
    signal_id: UUID,
    which: Signal,
    *,
    about: UUID | None,
    now: datetime,
) -> None:
    """A member gives a buddy a sign. Raises `Refused` "no-agreement", "too-many-nudges", "invalid"."""
    me = await pairs.row_of(connection, actor.account_id, pair.id)
    if await talking.signal(connection, pair, me, signal_id, which, about=about, now=now):
        await pushes.tell_the_other(connection, pair.id, actor.account_id, "signal", now)


async def say(
    connection: asyncpg.Connection, actor: Actor, pair: OpenSpace, message_id: UUID, text: str, now: datetime
) -> None:
    """A member writes to a buddy. Raises `Refused` "no-agreement", "text-too-long", "invalid"."""
    me = await pairs.row_of(connection, actor.account_id, pair.id)
    if await talking.say(connection, pair, me, message_id, text, now):
        await pushes.tell_the_other(connection, pair.id, actor.account_id, "message", now)


async def delete_message(
    connection: asyncpg.Connection, actor: Actor, pair: OpenSpace, message_id: UUID, now: datetime
) -> None:
    """A member deletes what they wrote, for both. For a while it can still be reported."""
    me = await pairs.row_of(connection, actor.account_id, pair.id)
    await kept.keep(connection, pair.id, message_id, me, now)
    await talking.empty(connection, pair, me, message_id, now)


async def mark(
    connection: asyncpg.Connection, actor: Actor, pair: OpenSpace, received: int, seen: int | None, now: datetime
) -> None:
    """A member's phone has got what the other said, up to this version, and they have seen it up to that one."""
    me = await pairs.row_of(connection, actor.account_id, pair.id)
    await reading.mark(connection, pair, me, received, seen, now)


async def block_parted(connection: asyncpg.Connection, actor: Actor, pair_id: UUID, now: datetime) -> None:
    """A member wants never to find the other of a pair again that has ended.

    Raises `Refused` "not-yours", also when the two have become buddies again: the later yes stands.
    """
    parted = await parting.find(connection, actor.account_id, pair_id, now)
    if parted is None or not await block_after(connection, actor, parted.other_id, now):
        raise Refused("not-yours")


async def block_after(connection: asyncpg.Connection, actor: Actor, other_id: UUID, now: datetime) -> bool:
    """A member wants never to find somebody again whom they have parted from.

    Returns False, and blocks nobody, when the two have become buddies again: the later yes stands.
    """
    await _hold(connection, actor.account_id, other_id)
    if await pairs.are_buddies(connection, actor.account_id, other_id):
        return False
    await pairs.block(connection, actor.account_id, [other_id], now)
    return True


async def prune(connection: asyncpg.Connection, now: datetime) -> None:
    """Invitations, partings and words taken back that nobody needs any more are gone."""
    await invitations.prune(connection, now)
    await parting.prune(connection, now)
    await kept.prune(connection, now)


async def _hold(connection: asyncpg.Connection, *accounts: UUID) -> None:
    """Raises `Unavailable` when one of them was deleted just now: asking again, it is said why."""
    if not await pairs.hold(connection, set(accounts)):
        raise _changed()


def _changed() -> Unavailable:
    return Unavailable("try-again", "Something has changed just now. Please try again.", retry_after=1)


async def _find(connection: asyncpg.Connection, actor: Actor | None, address: str, key: Key, now: datetime) -> Found:
    if key.code is None:
        await take_a_try(connection, Bucket(OPENING_OF_ADDRESS, address.encode()), now)
        return await invitations.by_secret(connection, key.secret or "", now)
    await take_a_try(connection, Bucket(CODES_OF_ADDRESS, address.encode()), now)
    if actor is not None:
        await take_a_try(connection, Bucket(CODES_OF_ACCOUNT, actor.account_id.bytes), now)
    return await invitations.by_code(connection, key.code, now)


async def _open_to(connection: asyncpg.Connection, actor: Actor | None, found: Found, key: Key) -> Found:
    """The invitation, if it is open to them. To somebody who is blocked one that is open looks withdrawn."""
    if actor is not None and actor.account_id == found.account_id:
        raise Conflict("invitation-own", "This is your own invitation. Give it to somebody else.")
    if found.state != "open":
        raise invitations.gone(found.state)
    if actor is not None and await pairs.is_blocked(connection, actor.account_id, found.account_id):
        raise invitations.gone("withdrawn") if key.code is None else invitations.opens_nothing()
    return found
