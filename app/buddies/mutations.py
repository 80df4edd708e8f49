"""The changes to a pair that a phone may send, and the rows that both get."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from app.buddies import service
from app.spaces.actor import Actor
from app.spaces.open_space import OpenSpace
from app.sync.registry import Change, Mutation, SyncedKind


class OfPair(Struct):
    """Something about a pair: the id of its space."""

    pair: UUID


class Rename(OfPair):
    """Be called otherwise by this buddy."""

    name: str


class Propose(OfPair, rename="camel", kw_only=True):
    """Propose an agreement, speaking for oneself; `answers` is the other's proposal that it stands against."""

    id: UUID
    answers: UUID | None = None
    terms: service.Terms


class Narrow(OfPair):
    """Share no more than this with a buddy, from now on."""

    level: service.Level


class OfProposal(OfPair):
    """Something about what was proposed in a pair."""

    id: UUID


class Share(OfPair):
    """Share a check-in in a pair, as far as the screen said."""

    id: UUID
    level: service.Level


class TakeBack(OfPair):
    """Share a check-in with a buddy no more."""

    id: UUID


class Choose(service.Changes, rename="camel", kw_only=True):
    """Change what is given of one's choices for a pair."""

    pair: UUID


class SetMissedCheckIn(service.HelloWish, rename="camel", kw_only=True):
    """Have a buddy asked to say hello after so long without a check-in, or not any more. `id`: who one is there."""

    id: UUID
    pair: UUID


class SendSignal(OfPair, kw_only=True):
    """Give a buddy a sign; `about`: the shared check-in that it answers."""

    id: UUID
    signal: service.Signal
    about: UUID | None = None


class SendMessage(OfPair):
    """Write to a buddy."""

    id: UUID
    text: str


class OfMessage(OfPair):
    """Something about what was written in a pair."""

    id: UUID


Version = Annotated[int, Meta(ge=0, le=2**53)]


class Mark(OfPair, kw_only=True):
    """What the other said has come to this phone, up to this version of the pair; and was seen, up to that one."""

    received: Version
    seen: Version | None = None


class BuddyData(Struct):
    """One of the two of a pair, as the other calls them."""

    name: str


class AgreementData(Struct, rename="camel"):
    """What two have agreed on (`in-force`), or what one of them proposes; `parts` by the rows of the two."""

    state: str
    proposed_by: str
    parts: dict[str, service.Part]
    worried: str
    review_on: str | None


class SharedCheckInData(Struct, rename="camel"):
    """What a buddy shares of a check-in: not more than its mood, feelings and note, and less by agreement.

    `level` is how far it is shared, also where there is nothing more to see yet.
    """

    shared_by: str
    mood: int | None
    feelings: list[str]
    note: str | None
    happened_at: str
    zone: str
    level: service.Level | None = None


class SignalData(Struct, rename="camel"):
    """A reply without words, by the row of whoever gave it; `about` is the shared check-in that it answers."""

    by: str
    signal: str
    about: str | None
    sent_at: str


class MessageData(Struct, rename="camel"):
    """What one wrote to the other, by the row of its author."""

    by: str
    text: str
    sent_at: str


class ReadingData(Struct):
    """How far one has got it: versions of the pair. `seen` is None for whoever does not tell."""

    by: str
    received: int
    seen: int | None


class PairChoiceData(Struct, rename="camel"):
    """What a member wants of a pair, in their own journal: pushes, names on them, and whether the other sees "seen"."""

    pair: str
    messages: bool
    signals: bool
    shared_check_ins: bool
    asks: bool
    agreements: bool
    name_on_lock_screen: bool
    show_seen: bool


class MissedCheckInData(Struct, rename="camel"):
    """After how many hours without a check-in a buddy is asked to say hello, in one's own journal."""

    pair: str
    on: bool
    after_hours: int
    words: str


class HelloData(Struct):
    """There was no check-in for as long as `by` had said: their words for it, and since when they stand there."""

    by: str
    words: str
    at: str


async def rename(change: Change, args: Rename) -> None:
    """Be called otherwise, in a pair of one's own."""
    await service.rename(change.connection, change.actor, change.space(args.pair), args.name, change.now)


async def propose(change: Change, args: Propose) -> None:
    """Propose an agreement, in a pair of one's own."""
    pair = change.space(args.pair)
    await service.propose(
        change.connection, change.actor, pair, args.id, args.terms, answers=args.answers, now=change.now
    )


async def narrow(change: Change, args: Narrow) -> None:
    """Share less, at once."""
    await service.narrow(change.connection, change.actor, change.space(args.pair), args.level, change.now)


async def accept(change: Change, args: OfProposal) -> None:
    """Say yes to what the other proposes."""
    await service.accept(change.connection, change.actor, change.space(args.pair), args.id, change.now)


async def decline(change: Change, args: OfProposal) -> None:
    """Take a proposal off the table."""
    await service.decline(change.connection, change.space(args.pair), args.id, change.now)


async def share(change: Change, args: Share) -> None:
    """Share a check-in of one's own journal. With a pair that is gone nothing is shared, and nothing refused."""
    pair = change.spaces.get(args.pair)
    await service.share(change.connection, change.actor, args.id, _living(pair), args.level, change.now)


async def take_back(change: Change, args: TakeBack) -> None:
    """Share it no more. Where the pair is gone, it has gone with it."""
    pair = change.spaces.get(args.pair)
    await service.take_back(change.connection, change.actor, args.id, _living(pair), change.now)


async def choose(change: Change, args: Choose) -> None:
    """Choose for a pair of one's own, in one's own journal."""
    pair = change.space(args.pair)
    await service.choose(change.connection, change.actor, change.journal, pair, args, change.now)


async def set_missed_check_in(change: Change, args: SetMissedCheckIn) -> None:
    """Choose for a pair of one's own, in one's own journal; the words come to the pair when it is time."""
    pair = change.space(args.pair)
    await service.wish_for_hello(change.connection, change.actor, change.journal, pair, args, change.now)


async def send_signal(change: Change, args: SendSignal) -> None:
    """Give a sign, in a pair of one's own."""
    pair = change.space(args.pair)
    await service.signal(change.connection, change.actor, pair, args.id, args.signal, about=args.about, now=change.now)


async def send_message(change: Change, args: SendMessage) -> None:
    """Write, in a pair of one's own."""
    pair = change.space(args.pair)
    await service.say(change.connection, change.actor, pair, args.id, args.text, change.now)


async def delete_message(change: Change, args: OfMessage) -> None:
    """Delete what one wrote."""
    pair = change.space(args.pair)
    await service.delete_message(change.connection, change.actor, pair, args.id, change.now)


async def mark(change: Change, args: Mark) -> None:
    """Mark how far one has got it. Nobody asked for it: where the pair is gone, nothing is refused."""
    pair = _living(change.spaces.get(args.pair))
    if pair is not None:
        await service.mark(change.connection, change.actor, pair, args.received, args.seen, change.now)


def _living(pair: OpenSpace | None) -> OpenSpace | None:
    return None if pair is None or pair.is_gone else pair


async def end(change: Change, args: OfPair) -> None:
    """Part from a buddy, at once."""
    await _end(change, args.pair, block=False)


async def block(change: Change, args: OfPair) -> None:
    """Part from a buddy, and never find each other again; also when the other has ended it meanwhile."""
    if _living(change.spaces.get(args.pair)) is None:
        await service.block_parted(change.connection, change.actor, args.pair, change.now)
    else:
        await _end(change, args.pair, block=True)


async def _end(change: Change, pair_id: UUID, *, block: bool) -> None:
    pair = change.space(pair_id)
    change.tell(await service.end(change.connection, change.actor, pair, change.now, block=block))
    pair.is_gone = True


def of_pair(_actor: Actor, args: OfPair) -> Iterable[UUID]:
    """The one space of a mutation that touches a pair and nothing else."""
    return (args.pair,)


def of_journal_and_pair(actor: Actor, args: OfPair | Choose | SetMissedCheckIn) -> Iterable[UUID]:
    """The spaces of a mutation that brings something from the journal into a pair."""
    return (actor.journal_id, args.pair)


KINDS = (
    SyncedKind("buddy", "buddy", BuddyData),
    SyncedKind("agreement", "agreement", AgreementData),
    SyncedKind("shared_check_in", "shared_check_in", SharedCheckInData, {"happened_at": "clock_time"}),
    SyncedKind("signal", "signal", SignalData, {"by": "sent_by"}),
    SyncedKind("message", "message", MessageData, {"by": "sent_by"}),
    SyncedKind("reading", "reading", ReadingData, {"by": "id"}),
    SyncedKind("pair_choice", "pair_choice", PairChoiceData, {"pair": "pair_id"}),
    SyncedKind("missed_check_in", "missed_check_in", MissedCheckInData, {"pair": "pair_id", "on": "is_on"}),
    SyncedKind("hello", "hello", HelloData, {"by": "id", "at": "said_at"}),
)

MUTATIONS = (
    Mutation("pairs.rename", Rename, of_pair, rename),
    Mutation("agreements.propose", Propose, of_pair, propose),
    Mutation("agreements.narrow", Narrow, of_pair, narrow),
    Mutation("agreements.accept", OfProposal, of_pair, accept),
    Mutation("agreements.decline", OfProposal, of_pair, decline),
    Mutation("shared_check_ins.share", Share, of_journal_and_pair, share),
    Mutation("shared_check_ins.take_back", TakeBack, of_journal_and_pair, take_back),
    Mutation("signals.send", SendSignal, of_pair, send_signal),
    Mutation("messages.send", SendMessage, of_pair, send_message),
    Mutation("messages.delete", OfMessage, of_pair, delete_message),
    Mutation("messages.mark", Mark, of_pair, mark),
    Mutation("pair_choices.set", Choose, of_journal_and_pair, choose),
    Mutation("missed_check_ins.set", SetMissedCheckIn, of_journal_and_pair, set_missed_check_in),
    Mutation("pairs.end", OfPair, of_pair, end),
    Mutation("pairs.block", OfPair, of_pair, block),
)
