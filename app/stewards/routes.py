"""How the server is doing, for its stewards: figures, and nothing of a member."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from litestar import get
from litestar.di import NamedDependency
from litestar.handlers import HTTPRouteHandler
from msgspec import Meta, Struct

from app import clock
from app.db import Database
from app.push import service as push
from app.spaces.actor import Actor
from app.stewards import service
from app.web.openapi import SIGNED_IN
from app.web.problems import documented
from app.worker import heartbeat


class PushesTo(Struct, rename="camel"):
    """What a push service answered in the last 30 days, of what is still in the ledger."""

    host: Annotated[str, Meta(description="As the operator allows it; `*.` stands for all beneath")]
    accepted: int
    accepted_at: datetime | None
    refused: Annotated[int, Meta(description="Answered with 400, 401 or 403: it does not accept this server")]
    refused_at: datetime | None
    refusing_since: Annotated[datetime | None, Meta(description="Null when it has accepted a push since, or all")]


class WorkerSeen(Struct):
    """What somebody was seen to do within the last two minutes."""

    wakes: bool
    delivers: bool


class ServerNow(Struct):
    """How the server is doing. `pushes`: by push service; those that have answered nothing are not named."""

    pushes: list[PushesTo]
    worker: WorkerSeen


def steward_routes(database: Database, push_hosts: Sequence[str]) -> HTTPRouteHandler:
    """Make the route that stewards look at."""

    @get(
        "/api/steward/server",
        operation_id="getServer",
        summary="How this server is doing, for its stewards; for others there is nothing here",
        tags=["stewards"],
        security=SIGNED_IN,
        responses=documented(401, 404, 503),
    )
    async def get_server(signed_in: NamedDependency[Actor]) -> ServerNow:
        now = clock.now()
        async with database.transaction(read_only=True) as connection:
            await service.require(connection, signed_in.account_id)
            answered = await push.answered(connection, push_hosts)
            undone = await heartbeat.undone(connection, now)
        return ServerNow(
            [
                PushesTo(one.name, one.accepted, one.accepted_at, one.refused, one.refused_at, one.refusing_since)
                for one in answered
            ],
            WorkerSeen(wakes="wakes" not in undone, delivers="delivers" not in undone),
        )

    return get_server
