"""A push service that does nothing but take what comes and note when: `python -m tests.load.push_sink`.

It prints its port. GET /times gives the moments of arrival, by Topic, as JSON; POST /reset forgets them. It shares the
machine with what is measured, so it costs as little as it can.
"""

from __future__ import annotations

import asyncio
import time
from typing import cast

import httptools
import msgspec
import uvloop

_times: dict[str, list[float]] = {}


class Taking(asyncio.Protocol):
    """One connection of a sender."""

    def __init__(self) -> None:
        self._parser = httptools.HttpRequestParser(self)
        self._transport: asyncio.Transport | None = None
        self._path = b""
        self._topic = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_url(self, url: bytes) -> None:
        self._path, self._topic = url, b""

    def on_header(self, name: bytes, value: bytes) -> None:
        if name.lower() == b"topic":
            self._topic = value

    def on_message_complete(self) -> None:
        match self._path:
            case b"/times":
                self._answer(b"200 OK", msgspec.json.encode(_times))
            case b"/reset":
                _times.clear()
                self._answer(b"204 No Content")
            case _:
                _times.setdefault(self._topic.decode(), []).append(time.time())
                self._answer(b"201 Created")

    def _answer(self, status: bytes, body: bytes = b"") -> None:
        if self._transport is not None:
            self._transport.write(b"HTTP/1.1 %b\r\nContent-Length: %d\r\n\r\n%b" % (status, len(body), body))


async def main() -> None:
    server = await asyncio.get_running_loop().create_server(Taking, "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(main())
