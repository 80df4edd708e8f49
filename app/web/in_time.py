"""Whoever announces a body and does not send it keeps a connection, and so a place that others need."""

from __future__ import annotations

import asyncio
from typing import Final

from litestar.types import ASGIApp, HTTPDisconnectEvent, Message, Receive, ReceiveMessage, Scope, Send

from app.web.replies import has_a_body

WITHIN: Final = 30.0
"""Seconds in which a body has to be there, all of it. A phone gives up on its own request after 20."""

_GONE: HTTPDisconnectEvent = {"type": "http.disconnect"}


class InTime:
    """An ASGI app around another, to which a phone whose body does not come in time has hung up."""

    def __init__(self, app: ASGIApp, within: float = WITHIN) -> None:
        self._app = app
        self._within = within

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on everything, but wait for a body only so long."""
        if scope["type"] != "http" or not has_a_body(scope):
            await self._app(scope, receive, send)
            return

        deadline = asyncio.get_running_loop().time() + self._within
        has_its_body = is_late = False

        async def receive_in_time() -> ReceiveMessage:
            nonlocal has_its_body, is_late
            if has_its_body:
                return await receive()
            try:
                async with asyncio.timeout_at(deadline):
                    message = await receive()
            except TimeoutError:
                is_late = True
                return _GONE
            has_its_body = message["type"] == "http.request" and not message.get("more_body", False)
            return message

        async def send_and_close(message: Message) -> None:
            if is_late and message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"connection", b"close")]
            await send(message)

        await self._app(scope, receive_in_time, send_and_close)
