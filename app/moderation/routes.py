"""What somebody has to know before they report: who will read it, and who else can be reported."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.handlers import HTTPRouteHandler
from msgspec import Meta, Struct

from app import clock
from app.buddies import service as buddies
from app.db import Database
from app.spaces.actor import Actor
from app.web.openapi import SIGNED_IN
from app.web.problems import documented


class FormerBuddy(Struct, rename="camel"):
    """Somebody the member parted from in the last 14 days, as they were called there."""

    pair: UUID
    name: str
    ended_at: datetime


class Reporting(Struct, rename="camel"):
    """Who reads reports on this server, and who can still be reported though they are no buddy any more."""

    read_by: Annotated[str | None, Meta(description="Null when whoever runs the server has named nobody")]
    parted: list[FormerBuddy]


def reporting_routes(database: Database, read_by: str | None) -> HTTPRouteHandler:
    """Make the route that the report screen asks."""

    @get(
        "/api/reports",
        operation_id="aboutReporting",
        summary="Who reads reports here, and which former buddies can still be reported",
        tags=["moderation"],
        security=SIGNED_IN,
        responses=documented(401, 503),
    )
    async def about_reporting(signed_in: NamedDependency[Actor]) -> Reporting:
        async with database.connection() as connection:
            parted = await buddies.partings_of(connection, signed_in.account_id, clock.now())
        return Reporting(read_by, [FormerBuddy(one.pair_id, one.name, one.ended_at) for one in parted])

    return about_reporting
