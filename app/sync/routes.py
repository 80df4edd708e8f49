"""The one way in and out for own data, and the stream that says when there is something to pull."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Request, Router, get, post
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import Parameter
from litestar.response import Stream
from litestar.response.base import ASGIResponse
from litestar.status_codes import HTTP_200_OK

from app import clock
from app.accounts.session import Sessions
from app.spaces.actor import Actor
from app.sync.openapi import SyncOperation
from app.sync.pokes import Pokes
from app.sync.reading import read_request
from app.sync.service import Sync
from app.sync.wire import SyncReply
from app.web.packing import json_answer
from app.web.problems import documented

_replies = msgspec.json.Encoder()

_EVENTS = {
    "pull": b"event: pull\ndata:\n\n",
    "end": b"event: end\ndata:\n\n",
    "heartbeat": b": still here\n\n",
}


def sync_routes(sync: Sync, pokes: Pokes, sessions: Sessions) -> Router:
    """POST /api/sync and GET /api/sync/stream.

    What they need of the process is handed over here, and who is acting is asked, not injected: that alone takes the
    framework a tenth of a sync.
    """

    @post(
        "/",
        operation_id="sync",
        status_code=HTTP_200_OK,
        summary="Send what waits on this phone, and get everything newer than its cookie",
        operation_class=SyncOperation,
        responses={
            200: ResponseSpec(SyncReply, description="What became of it, and the next page", generate_examples=False),
            **documented(400, 401, 409, 413, 503),
        },
    )
    async def synchronise(request: Request[Any, Any, Any]) -> ASGIResponse:
        """Take what waits on this phone, and give everything newer than its cookie."""
        said, now = read_request(await request.body()), clock.now()
        reply = await sync.answer_at_once(sessions.token_hash(request), said, now)
        if reply is None:
            reply = await sync.answer(await sessions.actor(request), said, now)
        return json_answer(request.scope, _replies.encode(reply))

    @get(
        "/stream",
        operation_id="streamPokes",
        summary="Server-sent events: “pull” when there is something new, “end” when this device was ended",
        media_type="text/event-stream",
        responses=documented(400, 401),
    )
    async def stream(
        signed_in: NamedDependency[Actor],
        device: Annotated[UUID, Parameter(description="The phone's device id")],
    ) -> Stream:
        """Tell this phone when there is something to pull."""
        return Stream(
            _events(pokes, signed_in.account_id, signed_in.session_id, device),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    return Router("/api/sync", route_handlers=[synchronise, stream], tags=["sync"])


async def _events(pokes: Pokes, account_id: UUID, session_id: UUID, device: UUID) -> AsyncIterator[bytes]:
    async for said in pokes.stream(account_id, session_id, device):
        yield _EVENTS[said]
