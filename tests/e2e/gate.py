"""The network between the phones and the server, as bad as it is outside: it can be cut, stalled, and lose a reply."""

from __future__ import annotations

import asyncio
import contextlib
import re
from dataclasses import dataclass, field
from typing import Final, Literal, Self

State = Literal["open", "cut", "stalled"]

_CHUNK: Final = 65_536
_REQUEST: Final = re.compile(rb"([A-Z]+ [^ ]+) HTTP/1\.1\r\n")


@dataclass
class HeldReply:
    """A reply that the server gave and the gate keeps."""

    _arrived: asyncio.Event = field(default_factory=asyncio.Event)
    _decided: asyncio.Event = field(default_factory=asyncio.Event)
    _lost: bool = False

    async def arrived(self) -> None:
        """Wait until the server has answered; by then whatever it did is done."""
        await self._arrived.wait()

    def lose(self) -> None:
        """Drop the connection instead of passing the reply on."""
        self._lost = True
        self._decided.set()

    def release(self) -> None:
        """Pass the reply on after all."""
        self._decided.set()

    async def decide(self) -> bool:
        """Say that a reply is here, and wait for what becomes of it: True when it goes on."""
        self._arrived.set()
        await self._decided.wait()
        return not self._lost


@dataclass(eq=False)
class _Line:
    """One connection of a browser, and the one to the server behind it."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    upstream: asyncio.StreamWriter | None = None
    held: HeldReply | None = None
    dropped: bool = False

    def drop(self) -> None:
        self.dropped = True
        for end in (self.writer, self.upstream):
            if end is not None:
                end.transport.abort()


class Gate:
    """A TCP proxy on a port of its own, whose address is the origin that people type.

    What is sent at once is one request at most: browsers do not pipeline.
    """

    def __init__(self) -> None:
        self._target: int | None = None
        self._state: State = "open"
        self._lines: set[_Line] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._opened = asyncio.Event()
        self._opened.set()
        self._holding: list[tuple[bytes, HeldReply]] = []
        self._server: asyncio.Server | None = None
        self.port = 0
        self.requests: list[str] = []
        """What was asked of the server, as method and path, in order."""

    @classmethod
    async def listen(cls) -> Self:
        """Open a gate on a free loopback port, with nothing behind it yet."""
        gate = cls()
        await gate._listen(0)
        return gate

    @property
    def origin(self) -> str:
        """What people type."""
        return f"http://127.0.0.1:{self.port}"

    def lead_to(self, port: int) -> None:
        """Pass everything on to the server on this loopback port."""
        self._target = port

    async def cut(self) -> None:
        """Drop every connection and refuse new ones, as without any network."""
        self._state = "cut"
        await self._close_door()
        self._drop_all()

    async def stall(self) -> None:
        """Take connections and bytes and pass nothing on: full bars, and no internet behind them."""
        self._state = "stalled"
        self._opened.clear()

    async def open(self) -> None:
        """Let everything through. What was sent into a stall is lost with its connection, as on a real phone."""
        was = self._state
        self._state = "open"
        if was == "stalled":
            self._drop_all()
        self._opened.set()
        if was == "cut":
            await self._listen(self.port)

    def hold_reply(self, request: str) -> HeldReply:
        """Keep the reply to the next request that begins like this: `POST /api/sync`."""
        held = HeldReply()
        self._holding.append((request.encode() + b" ", held))
        return held

    async def close(self) -> None:
        """End everything."""
        await self._close_door()
        self._drop_all()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _listen(self, port: int) -> None:
        self._server = await asyncio.start_server(self._take, "127.0.0.1", port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _close_door(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None

    def _drop_all(self) -> None:
        for line in self._lines:
            line.drop()

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        line = _Line(reader, writer)
        self._lines.add(line)
        try:
            await self._carry(line)
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            line.drop()
            self._lines.discard(line)
            self._tasks.discard(task)

    async def _carry(self, line: _Line) -> None:
        # Browsers open connections before they need them: a server that is down must not be asked for those.
        first = await line.reader.read(_CHUNK)
        if not first or not await self._may_pass(line) or self._target is None:
            return
        back, line.upstream = await asyncio.open_connection("127.0.0.1", self._target)
        upward = asyncio.create_task(self._upward(line, first, line.upstream))
        try:
            await self._downward(line, back)
        finally:
            upward.cancel()
            with contextlib.suppress(asyncio.CancelledError, OSError):
                await upward

    async def _upward(self, line: _Line, first: bytes, upstream: asyncio.StreamWriter) -> None:
        chunk = first
        while chunk and await self._may_pass(line):
            line.held = self._notice(chunk) or line.held
            upstream.write(chunk)
            await upstream.drain()
            chunk = await line.reader.read(_CHUNK)
        upstream.close()

    async def _downward(self, line: _Line, back: asyncio.StreamReader) -> None:
        while chunk := await back.read(_CHUNK):
            if line.held is not None:
                if not await line.held.decide():
                    return
                line.held = None
            if not await self._may_pass(line):
                return
            line.writer.write(chunk)
            await line.writer.drain()

    async def _may_pass(self, line: _Line) -> bool:
        await self._opened.wait()
        return not line.dropped

    def _notice(self, chunk: bytes) -> HeldReply | None:
        head = _REQUEST.match(chunk)
        if head is not None:
            self.requests.append(head[1].decode())
        for waiting in self._holding:
            request, held = waiting
            if chunk.startswith(request):
                self._holding.remove(waiting)
                return held
        return None
