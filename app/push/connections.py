"""HTTP/1.1 as a push needs it: one POST and a short answer, on connections that are kept. llhttp reads the answers.

A client that can do more (cookies, redirects, proxies, encodings, bodies of any length) costs as much for each push as
encrypting it does, and all that this one leaves out is what must not happen here anyway.
"""

from __future__ import annotations

import asyncio
import functools
import socket
import ssl
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, TypeAlias, cast
from urllib.parse import urlsplit

import httptools
from aiohappyeyeballs import start_connection  # pyright: ignore[reportUnknownVariableType]
from msgspec import Struct

AddressInfo: TypeAlias = tuple[int, int, int, str, tuple[str, int] | tuple[str, int, int, int]]
"""An address of a name, as getaddrinfo says it."""
Resolve = Callable[[str, int], Awaitable[Sequence[AddressInfo]]]
MayBeCalled = Callable[[str, int], bool]
"""Whether a connection may be made to this IP address and port."""

_CONNECT: Final = 5.0
_NEXT_ADDRESS: Final = 0.25
_KEPT: Final = 60.0
_MOST_ANSWER: Final = 16 * 1024
_MOST_RETRY_AFTER: Final = 64
_INTERIM: Final = 200  # statuses below announce the answer


@functools.cache
def _trusting() -> ssl.SSLContext:
    """Whom this machine trusts. Read once: it takes a fiftieth of a second."""
    return ssl.create_default_context()


class Answer(Struct, frozen=True):
    """What a push service said: an HTTP status, and its Retry-After if it gave one."""

    status: int
    retry_after: str | None = None


class NoAnswerError(ConnectionError):
    """No connection, or no answer on it that is HTTP."""


class Connections:
    """Connections to push services, kept for a minute after their last use. Close it at the end.

    `may_be_called` is asked about every address before a packet leaves for it. `resolve` and `context` are for tests.
    """

    def __init__(
        self, may_be_called: MayBeCalled, *, resolve: Resolve | None = None, context: ssl.SSLContext | None = None
    ) -> None:
        self._may_be_called = may_be_called
        self._resolve = resolve or _resolve
        self._context = context or _trusting()
        self._context.set_alpn_protocols(["http/1.1"])
        self._idle: dict[str, deque[_Connection]] = {}
        self._closed = False

    async def post(self, origin: str, request: bytes) -> Answer:
        """Send a whole request to `https://host` and wait for its answer; whoever waits no more is not waited for.

        Raises `NoAnswerError`, and TimeoutError when nobody listens there within five seconds.
        """
        connection = self._kept(origin) or await self._connect(origin)
        try:
            answer = await connection.ask(request)
        except BaseException:
            connection.close()
            raise
        if connection.is_free and not self._closed:
            self._keep(origin, connection)
        else:
            connection.close()
        return answer

    def close(self) -> None:
        """Close what nobody uses, now and from now on."""
        self._closed = True
        for idle in self._idle.values():
            for connection in idle:
                connection.close()
        self._idle.clear()

    def _kept(self, origin: str) -> _Connection | None:
        """The connection that was used last: so that those not needed any more get old."""
        idle = self._idle.get(origin)
        while idle:
            connection = idle.pop()
            if connection.is_free and not self._is_old(connection):
                return connection
            connection.close()
        return None

    def _keep(self, origin: str, connection: _Connection) -> None:
        idle = self._idle.setdefault(origin, deque())
        connection.free_since = asyncio.get_running_loop().time()
        idle.append(connection)
        if self._is_old(idle[0]) or not idle[0].is_free:
            idle.popleft().close()

    def _is_old(self, connection: _Connection) -> bool:
        return asyncio.get_running_loop().time() - connection.free_since > _KEPT

    async def _connect(self, origin: str) -> _Connection:
        parts = urlsplit(origin)
        host, is_https = parts.hostname or "", parts.scheme == "https"
        try:
            async with asyncio.timeout(_CONNECT):
                found = await self._resolve(host, parts.port or 443)
                connected = await start_connection(
                    found, happy_eyeballs_delay=_NEXT_ADDRESS, socket_factory=self._socket
                )
                connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                _, connection = await asyncio.get_running_loop().create_connection(
                    _Connection,
                    sock=connected,
                    ssl=self._context if is_https else None,
                    server_hostname=host if is_https else None,
                )
        except TimeoutError:
            raise
        except (OSError, RuntimeError, ValueError) as error:
            # RuntimeError: how uvloop says some OSErrors. ValueError: a name without an address, or that is none.
            raise NoAnswerError("not connected") from error
        return connection

    def _socket(self, info: AddressInfo) -> socket.socket:
        """A socket for a connection that may be made. Every one passes here, with the address it will go to.

        So a name that pointed elsewhere when it was looked at gains nothing.
        """
        family, kind, protocol, _, where = info
        if not self._may_be_called(where[0], where[1]):
            raise OSError("an address that no push service has")
        return socket.socket(family, kind, protocol)


class _Connection(asyncio.Protocol):
    """One connection, on which one thing is asked at a time. Its methods `on_…` are llhttp's."""

    def __init__(self) -> None:
        self.free_since = 0.0
        self._parser = httptools.HttpResponseParser(self)
        self._transport: asyncio.Transport | None = None
        self._waiting: asyncio.Future[Answer] | None = None
        self._received = 0
        self._status = 0
        self._retry_after: str | None = None
        self._stays = True

    @property
    def is_free(self) -> bool:
        """Whether something can be asked here."""
        return self._stays and self._waiting is None and self._transport is not None

    def ask(self, request: bytes) -> asyncio.Future[Answer]:
        """Send this; the answer, or `NoAnswerError`."""
        waiting: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        if not self.is_free or self._transport is None:
            waiting.set_exception(NoAnswerError("closed"))
            return waiting
        self._received = self._status = 0
        self._waiting = waiting
        self._transport.write(request)
        return waiting

    def close(self) -> None:
        """Close it at once."""
        self._stays = False
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def connection_lost(self, exc: Exception | None) -> None:
        del exc  # whether it was closed or reset: an answer without a length ends so, others have come before
        self._stays, self._transport = False, None
        self._ended()

    def data_received(self, data: bytes) -> None:
        if self._waiting is None:
            self.close()  # nobody asked: it must not become the next one's answer
            return
        self._received += len(data)
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            self.close()
            self._ended()
            return
        if self._received > _MOST_ANSWER:
            self.close()
            self._ended()

    def on_message_begin(self) -> None:
        self._status, self._retry_after = 0, None
        if self._waiting is None:
            self._stays = False  # two answers to one question

    def on_header(self, name: bytes, value: bytes) -> None:
        if name.lower() == b"retry-after":
            self._retry_after = value[:_MOST_RETRY_AFTER].decode("latin-1")

    def on_headers_complete(self) -> None:
        self._status = self._parser.get_status_code()
        if self._status >= _INTERIM:
            self._stays = self._stays and self._parser.should_keep_alive()

    def on_message_complete(self) -> None:
        if self._status >= _INTERIM:
            self._ended()

    def _ended(self) -> None:
        """Nothing more comes: the status is the answer, if it has come."""
        waiting, self._waiting = self._waiting, None
        if waiting is None or waiting.done():
            return
        if self._status >= _INTERIM:
            waiting.set_result(Answer(self._status, self._retry_after or None))
        else:
            waiting.set_exception(NoAnswerError("no answer"))


async def _resolve(host: str, port: int) -> Sequence[AddressInfo]:
    found = await asyncio.get_running_loop().getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG
    )
    return cast("Sequence[AddressInfo]", found)
