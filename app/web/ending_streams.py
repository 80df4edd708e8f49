"""Lets streams end when the server stops: otherwise it would wait for phones that listen for as long as they can."""

import asyncio
import signal

from litestar.types import ASGIApp, HTTPDisconnectEvent, Receive, ReceiveMessage, Scope, Send

STOP_STREAMS = signal.SIGUSR1
"""What the first process sends to a worker just before it tells it to stop."""

_GONE: HTTPDisconnectEvent = {"type": "http.disconnect"}


class EndingStreams:
    """An ASGI app around another; on STOP_STREAMS every stream hears that its phone has hung up.

    Phones connect again by themselves and reach the server that comes next. Requests with an ordinary answer are not
    touched: they listen for their body, which comes first, and for nothing else.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._stopping = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on everything, the wish to stop included."""
        if str(scope["type"]) == "lifespan":  # which the type of Scope leaves out
            asyncio.get_running_loop().add_signal_handler(STOP_STREAMS, self._stopping.set)
            await self._app(scope, receive, send)
            return

        has_its_body = False

        async def receive_or_hear_the_end() -> ReceiveMessage:
            nonlocal has_its_body
            if has_its_body:  # whoever still listens, listens for the phone hanging up
                return await self._first_of(receive)
            message = await receive()
            has_its_body = message["type"] == "http.request" and not message.get("more_body", False)
            return message

        await self._app(scope, receive_or_hear_the_end, send)

    async def _first_of(self, receive: Receive) -> ReceiveMessage:
        message = asyncio.ensure_future(receive())
        stopping = asyncio.ensure_future(self._stopping.wait())
        try:
            await asyncio.wait((message, stopping), return_when=asyncio.FIRST_COMPLETED)
            return message.result() if message.done() else _GONE
        finally:
            message.cancel()
            stopping.cancel()
