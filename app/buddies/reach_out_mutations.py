"""What of reaching out travels by sync: answers, stepping back, and how everything stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

from app.buddies import service
from app.spaces.actor import Actor
from app.sync.registry import Change, Mutation, SyncedKind, own_journal

Moment = Annotated[datetime, Meta(tz=True)]


class AnswerAsk(Struct):
    """Answer a buddy who asks for company."""

    pair: UUID
    id: UUID
    answer: service.Answer


class StepBack(Struct):
    """Step back until then, by the phone's own clock; without it until the member says."""

    until: Moment | None = None


class EndStepBack(Struct):
    """Be there again."""


class ReachOutData(Struct, rename="camel"):
    """A reach-out of one's own: `parts` in the order in which they are asked, each with its pair and state."""

    want: str
    minutes: int
    begun_at: str
    state: str
    parts: list[service.PartState]


class AskData(Struct, rename="camel"):
    """That a buddy asks for company, as both of the pair hold it. `by`: the asker's row."""

    by: str
    want: str
    asked_at: str
    state: str
    answer: str | None


class StepBackData(Struct):
    """That one has stepped back, until then or (null) until one says. In one's own journal: no buddy ever sees it."""

    until: str | None


async def answer(change: Change, args: AnswerAsk) -> None:
    """Answer in a pair of one's own. Where it is gone there is nothing to answer, and nothing refused."""
    pair = change.spaces.get(args.pair)
    if pair is not None and not pair.is_gone:
        await service.answer(change.connection, change.actor, pair, args.id, args.answer, change.now)


async def step_back(change: Change, args: StepBack) -> None:
    """Step back, in one's own journal."""
    await service.step_back(change.connection, change.journal, args.until, sent_at=change.sent_at, now=change.now)


async def end_step_back(change: Change, args: EndStepBack) -> None:
    """Be there again."""
    del args
    await service.end_step_back(change.connection, change.journal, change.now)


def of_pair(_actor: Actor, args: AnswerAsk) -> Iterable[UUID]:
    """The one space of an answer."""
    return (args.pair,)


_PARTS = """(
    SELECT COALESCE(json_agg(json_build_object('pair', p.pair_id, 'state', p.state) ORDER BY p.place), '[]')
    FROM reach_out_part p WHERE p.journal_id = reach_out.space_id AND p.reach_out_id = reach_out.id
)"""

KINDS = (
    SyncedKind("reach_out", "reach_out", ReachOutData, {"parts": _PARTS}),
    SyncedKind("ask", "ask", AskData),
    SyncedKind("step_back", "step_back", StepBackData),
)

MUTATIONS = (
    Mutation("asks.answer", AnswerAsk, of_pair, answer),
    Mutation("step_back.set", StepBack, own_journal, step_back),
    Mutation("step_back.end", EndStepBack, own_journal, end_step_back),
)
