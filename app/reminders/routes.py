"""The reminders' calendar over the network; reminders themselves travel by sync."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from litestar import Response, delete, get, post
from litestar.di import NamedDependency
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath, Parameter
from msgspec import Struct

from app import clock
from app.db import Database
from app.errors import NotFound
from app.reminders import calendar_links
from app.spaces.actor import Actor
from app.web.openapi import SIGNED_IN
from app.web.problems import DONE, documented

_ENDING = ".ics"


class CalendarLink(Struct, rename="camel"):
    """Whether the calendar has an address, and since when."""

    exists: bool
    created_at: datetime | None


class NewCalendarLink(Struct):
    """The calendar's address, shown this once."""

    url: str


def calendar_routes(database: Database, origin: str) -> Sequence[HTTPRouteHandler]:
    """Make the routes of the calendar."""

    @get(
        "/api/reminders/calendar",
        operation_id="getCalendarLink",
        summary="Whether my reminders' calendar has an address",
        tags=["reminders"],
        security=SIGNED_IN,
        responses=documented(401, 503),
    )
    async def get_calendar_link(signed_in: NamedDependency[Actor]) -> CalendarLink:
        async with database.connection() as connection:
            link = await calendar_links.find(connection, signed_in.account_id)
        return CalendarLink(exists=link is not None, created_at=link and link.created_at)

    @post(
        "/api/reminders/calendar",
        operation_id="makeCalendarLink",
        summary="A new secret address for my reminders' calendar; the one before opens nothing any more",
        tags=["reminders"],
        security=SIGNED_IN,
        responses=documented(401, 503),
    )
    async def make_calendar_link(signed_in: NamedDependency[Actor]) -> NewCalendarLink:
        async with database.transaction() as connection:
            secret = await calendar_links.make(connection, signed_in.account_id, clock.now())
        return NewCalendarLink(f"{origin}/api/calendar/{secret}{_ENDING}")

    @delete(
        "/api/reminders/calendar",
        operation_id="deleteCalendarLink",
        summary="The address of my reminders' calendar opens nothing any more",
        tags=["reminders"],
        security=SIGNED_IN,
        responses=DONE | documented(401, 503),
    )
    async def delete_calendar_link(signed_in: NamedDependency[Actor]) -> None:
        async with database.transaction() as connection:
            await calendar_links.take_back(connection, signed_in.account_id)

    @get(
        "/api/calendar/{name:str}",
        operation_id="getCalendar",
        summary="A member's reminders as a calendar (RFC 5545), for whoever has its secret address",
        tags=["reminders"],
        media_type="text/calendar",
        responses=documented(404, 503),
    )
    async def get_calendar(
        name: Annotated[FromPath[str], Parameter(description="The secret and .ics")],
    ) -> Response[bytes]:
        if not name.endswith(_ENDING):
            raise NotFound("no-such-calendar", "This calendar is not there any more.")
        async with database.connection() as connection:
            text = await calendar_links.calendar(connection, name.removesuffix(_ENDING), clock.now())
        return Response(text, media_type="text/calendar")

    return [get_calendar_link, make_calendar_link, delete_calendar_link, get_calendar]
