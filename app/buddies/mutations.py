"""The changes to a pair that a phone may send, and the rows that both get."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from msgspec import Struct

from app.buddies import service
from app.spaces.actor import Actor
from app.sync.registry import Change, Mutation, SyncedKind


class OfPair(Struct):
    """Something about a pair: the id of its space."""

    pair: UUID


class Rename(OfPair):
    """Be called otherwise by this buddy."""

    name: str


class BuddyData(Struct):
    """One of the two of a pair, as the other calls them."""

    name: str


async def rename(change: Change, args: Rename) -> None:
    """Be called otherwise, in a pair of one's own."""
    await service.rename(change.connection, change.actor, change.space(args.pair), args.name, change.now)


async def end(change: Change, args: OfPair) -> None:
    """Part from a buddy, at once."""
    await _end(change, args.pair, block=False)


async def block(change: Change, args: OfPair) -> None:
    """Part from a buddy, and never find each other again."""
    await _end(change, args.pair, block=True)


async def _end(change: Change, pair_id: UUID, *, block: bool) -> None:
    pair = change.space(pair_id)
    change.tell(await service.end(change.connection, change.actor, pair, change.now, block=block))
    pair.is_gone = True


def of_pair(_actor: Actor, args: OfPair) -> Iterable[UUID]:
    """The one space of a mutation that touches a pair and nothing else."""
    return (args.pair,)


KINDS = (SyncedKind("buddy", "buddy", BuddyData),)

MUTATIONS = (
    Mutation("pairs.rename", Rename, of_pair, rename),
    Mutation("pairs.end", OfPair, of_pair, end),
    Mutation("pairs.block", OfPair, of_pair, block),
)
