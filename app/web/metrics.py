"""GET /metrics: for a Prometheus that knows the token. Without LEEWARD_METRICS_TOKEN there is no such route.

A token and not an address: behind a reverse proxy on the same machine everybody comes from it.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any, Final

import asyncpg
from litestar import Request, Response, get
from litestar.handlers import HTTPRouteHandler

from app import clock
from app.db import Database
from app.errors import NotSignedIn
from app.metrics import CONTENT_TYPE, Metric, text_of

PATH: Final = "/metrics"
Collect = Callable[[asyncpg.Connection, datetime], Awaitable[Sequence[Metric]]]
"""Reads figures from the database. It only reads, and gives away nothing about a single member."""


def metrics(database: Database, token: str, collects: Sequence[Collect]) -> HTTPRouteHandler:
    """The route that answers whoever says `Authorization: Bearer` and this token."""
    expected = f"Bearer {token}".encode()

    @get(PATH, include_in_schema=False)
    async def show_metrics(request: Request[Any, Any, Any]) -> Response[str]:
        """Whoever runs the server sees how it is doing."""
        if not hmac.compare_digest(request.headers.get("authorization", "").encode(), expected):
            raise NotSignedIn("token-needed", "This is for whoever runs the server: it takes LEEWARD_METRICS_TOKEN.")
        async with database.transaction(read_only=True) as connection:
            found = [metric for collect in collects for metric in await collect(connection, clock.now())]
        return Response(text_of(found), media_type=CONTENT_TYPE)

    return show_metrics
