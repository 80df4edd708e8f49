"""Reaching out: it needs the network, for an ask that waits in an outbox would be a promise to nobody."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from litestar import Controller, Response, delete, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from app import clock
from app.buddies.service import MOST_BUDDIES, Minutes, PartState, ReachOuts, ReachOutState, Standing, Want, Wish
from app.errors import Invalid
from app.spaces.actor import Actor
from app.web.openapi import SIGNED_IN
from app.web.problems import DONE, documented

_MOST_BYTES = 4 * 1024

Moment = Annotated[datetime, Meta(tz=True, description="By the phone's own clock, right or wrong")]
Pairs = Annotated[
    list[UUID], Meta(min_length=1, max_length=MOST_BUDDIES, description="Who is asked, in this order, by pair")
]


class NewReachOut(Struct, rename="camel"):
    """What somebody reaches out for, and how many minutes each is waited for. Begun ten minutes ago, it is too old."""

    want: Want
    pairs: Pairs
    minutes: Minutes
    begun_at: Moment
    sent_at: Moment


class ReachOutPart(Struct):
    """One who is to be asked. Why somebody is unreachable is told to nobody."""

    pair: UUID
    state: PartState


class ReachOutStanding(Struct):
    """How a reach-out stands: who was asked so far. What they answered is in the rows of their pairs."""

    state: ReachOutState
    parts: list[ReachOutPart]


class ReachOutsController(Controller):
    """Asking buddies for company, one after the other. Not an emergency service."""

    path = "/api/reach-outs"
    tags = ("buddies",)
    request_max_body_size = _MOST_BYTES

    @put(
        "/{reach_out_id:uuid}",
        operation_id="reachOut",
        security=SIGNED_IN,
        responses=documented(400, 401, 404, 409, 413, 429, 503),
    )
    async def reach_out(
        self,
        reach_out_id: FromPath[UUID],
        data: JSONBody[NewReachOut],
        signed_in: NamedDependency[Actor],
        reach_outs: NamedDependency[ReachOuts],
    ) -> ReachOutStanding:
        """Ask the first who can be reached; after the minutes, or "can't today", the next. Twice is once."""
        if len(set(data.pairs)) != len(data.pairs):
            raise Invalid("invalid", "Each buddy is asked once.", field="pairs")
        wish = Wish(data.want, data.pairs, data.minutes)
        return _told(
            await reach_outs.reach_out(
                signed_in, reach_out_id, wish, begun_at=data.begun_at, sent_at=data.sent_at, now=clock.now()
            )
        )

    @get(
        "/{reach_out_id:uuid}",
        operation_id="readReachOut",
        security=SIGNED_IN,
        responses=documented(401, 404, 503),
    )
    async def read(
        self,
        reach_out_id: FromPath[UUID],
        signed_in: NamedDependency[Actor],
        reach_outs: NamedDependency[ReachOuts],
    ) -> ReachOutStanding:
        """Say how a reach-out of the member's stands."""
        return _told(await reach_outs.standing(signed_in, reach_out_id))

    @delete(
        "/{reach_out_id:uuid}",
        operation_id="takeBackReachOut",
        security=SIGNED_IN,
        responses={**DONE, **documented(401, 404, 503)},
    )
    async def take_back(
        self,
        reach_out_id: FromPath[UUID],
        signed_in: NamedDependency[Actor],
        reach_outs: NamedDependency[ReachOuts],
    ) -> Response[None]:
        """Take it back: nobody is asked any more, also when it only comes after this."""
        await reach_outs.take_back(signed_in, reach_out_id, now=clock.now())
        return Response(None, status_code=204)


def _told(standing: Standing) -> ReachOutStanding:
    return ReachOutStanding(standing.state, [ReachOutPart(pair, state) for pair, state in standing.parts])
