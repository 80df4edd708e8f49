"""The report that a phone may send, and what the reporter gets back."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from uuid import UUID

from msgspec import Struct, structs

from app.buddies import service as buddies
from app.moderation import service
from app.spaces.actor import Actor
from app.sync.registry import Change, Mutation, SyncedKind


class SendReport(service.NewReport, rename="camel", kw_only=True):
    """Report whom one has as a buddy in that pair, or had until lately."""

    id: UUID
    pair: UUID


class ReportData(Struct, rename="camel"):
    """A member's own report as their phones hold it: it names nobody.

    `kept`: how many rows the server copied. `outcome` and `answer`, once it is closed: fixed words, and what whoever
    read it wants to say. `read_by`: who the reporter was told reads it; null: they were told that nobody is named.
    """

    category: str
    sent_at: str
    state: str
    kept: int
    outcome: str | None
    answer: str | None
    read_by: str | None


async def send(read_by: str | None, change: Change, args: SendReport) -> None:
    """Report first; then what becomes of the pair, so that everything was still there to be copied.

    A block that comes after the two became buddies again blocks nobody, and whoever reads the report is told of none.
    """
    if await service.is_there(change.connection, change.journal, args.id):
        return
    space = change.spaces.get(args.pair)
    pair = space if space is not None and space.role == "buddy" and not space.is_gone else None
    subject = await service.subject_of(change.connection, change.actor, args.pair, pair, change.now)
    end = args.end
    if pair is None and end == "block":
        is_blocked = await buddies.block_after(change.connection, change.actor, subject.other.account_id, change.now)
        end = "block" if is_blocked else "no"
    taken = structs.replace(args, end=end)
    await service.send(change.connection, change.journal, args.id, taken, subject, read_by, change.now)
    if pair is not None and end != "no":
        block = end == "block"
        change.tell(await buddies.end(change.connection, change.actor, pair, change.now, block=block))
        pair.is_gone = True


def of_journal_and_pair(actor: Actor, args: SendReport) -> Iterable[UUID]:
    """One's own journal, and the pair while there is one."""
    return (actor.journal_id, args.pair)


KIND = SyncedKind("report", "report", ReportData)


def mutations(read_by: str | None) -> tuple[Mutation[SendReport], ...]:
    """`read_by`: who reads reports, as whoever runs the server says it; None: nobody is named."""
    return (Mutation("reports.send", SendReport, of_journal_and_pair, partial(send, read_by)),)
