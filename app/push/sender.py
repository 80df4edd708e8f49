"""One push over the network: encrypted by what pywebpush stands on; pooled, short of patience, going nowhere else."""

from __future__ import annotations

import asyncio
import logging
import socket
from base64 import urlsafe_b64decode
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, Final, Literal, Self, cast

import aiohttp
import http_ece
from aiohttp.abc import AbstractResolver
from cryptography.hazmat.primitives.asymmetric import ec
from msgspec import Struct
from yarl import URL

from app.errors import Invalid
from app.push.endpoints import may_be_called, origin_of
from app.push.vapid import Signer

logger = logging.getLogger(__name__)

CONNECTIONS: Final = 100
"""Open to push services at once; one of them gets no more than this many pushes at a time."""
PATIENCE: Final = 10.0
"""Seconds that a push may take from the first packet to the last."""
_PATIENCE_AT_THE_END: Final = 2.0
_CONNECT: Final = 5.0
_CURVE: Final = ec.SECP256R1()
_encrypt: Final = cast("Callable[..., bytes]", http_ece.encrypt)
_SECRET_BYTES: Final = 16
_MOST_ANSWER: Final = 4096
_MOST_RETRY_AFTER: Final = 64

NotSent = Literal["timeout", "unreachable", "endpoint-not-allowed", "bad-keys"]


class UnusableKeys(ValueError):  # noqa: N818 - read as what it says
    """A subscription's keys are no point of P-256, or no secret."""


class Address(Struct, frozen=True):
    """Where a device is reached and what encrypts for it, as its browser said."""

    endpoint: str
    p256dh: str
    auth: str

    def __repr__(self) -> str:
        return "<Address>"


class Answer(Struct, frozen=True):
    """What a push service said: an HTTP status, and its Retry-After if it gave one."""

    status: int
    retry_after: str | None = None


class Sender:
    """Sends to the push services named in `hosts`, and opens no connection to anything else.

    Use it in an `async with`. `patience` in seconds; `resolver` is for tests.
    """

    def __init__(
        self,
        hosts: Sequence[str],
        signer: Signer,
        *,
        patience: float = PATIENCE,
        resolver: AbstractResolver | None = None,
    ) -> None:
        self._hosts = hosts
        self._signer = signer
        self._patience = patience
        self._resolver = resolver
        self._session: aiohttp.ClientSession | None = None
        self._running: set[asyncio.Timeout] = set()
        self._hurries = False

    async def __aenter__(self) -> Self:
        connector = aiohttp.TCPConnector(
            limit=CONNECTIONS, resolver=self._resolver, socket_factory=self._socket, keepalive_timeout=60
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=_CONNECT),
            auto_decompress=False,
            trust_env=False,
            raise_for_status=False,
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    @property
    def key(self) -> str:
        """The public key that phones have to have subscribed with."""
        return self._signer.public

    def hurry(self) -> None:
        """This process is stopping: what is on its way gets two more seconds."""
        self._hurries = True
        end = asyncio.get_running_loop().time() + _PATIENCE_AT_THE_END
        for timeout in self._running:
            when = timeout.when()
            if not timeout.expired() and (when is None or when > end):
                timeout.reschedule(end)

    async def send(
        self, address: Address, payload: bytes, *, ttl: int, urgency: str, topic: str, now: datetime
    ) -> Answer | NotSent:
        """Encrypt and send one push; what the push service answered, or why it could not be asked."""
        if self._session is None:
            raise RuntimeError("A sender is used inside its `async with`.")
        try:
            origin = origin_of(address.endpoint, self._hosts)  # the list may have become shorter since it subscribed
        except Invalid:
            return "endpoint-not-allowed"
        try:
            body = encrypt(address, payload)
        except UnusableKeys:
            return "bad-keys"
        headers = {
            "Authorization": self._signer.authorization(origin, now),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(max(0, ttl)),
            "Topic": topic,
            "Urgency": urgency,
        }
        return await self._post(self._session, address.endpoint, body, headers)

    async def _post(
        self, session: aiohttp.ClientSession, endpoint: str, body: bytes, headers: dict[str, str]
    ) -> Answer | NotSent:
        timeout = asyncio.timeout(_PATIENCE_AT_THE_END if self._hurries else self._patience)
        try:
            async with timeout:
                self._running.add(timeout)
                url = URL(endpoint, encoded=True)  # sent as it is written, byte for byte
                async with session.post(url, data=body, headers=headers, allow_redirects=False) as response:
                    retry_after = response.headers.get("Retry-After")
                    with suppress(aiohttp.ClientError):  # read so that the connection can be used again, and no more
                        await response.content.read(_MOST_ANSWER)
                    return Answer(response.status, retry_after[:_MOST_RETRY_AFTER] if retry_after else None)
        except TimeoutError:
            return "timeout"
        except (aiohttp.ClientError, OSError, ValueError):
            # ValueError: an answer that is no HTTP. Which address it was is nothing for a log.
            return "unreachable"
        finally:
            self._running.discard(timeout)

    def _socket(self, info: Any) -> socket.socket:  # noqa: ANN401 - as getaddrinfo gives it
        """A socket for a connection that may be made. Every one passes here, with the address it will go to.

        So a name that pointed elsewhere when it was looked at gains nothing.
        """
        family, kind, protocol, _, where = cast("tuple[int, int, int, str, tuple[str, int]]", info)
        if not may_be_called(where[0], where[1], self._hosts):
            raise OSError("an address that no push service has")
        return socket.socket(family, kind, protocol)


def encrypt(address: Address, payload: bytes) -> bytes:
    """The payload as only this device can read it (aes128gcm, RFC 8291). Raises `UnusableKeys`."""
    try:
        secret = _decoded(address.auth)
        if len(secret) != _SECRET_BYTES:
            raise UnusableKeys("this is no secret of a subscription")
        # As pywebpush calls it; its wrapper around this costs a fifth more.
        return _encrypt(
            payload,
            private_key=ec.generate_private_key(_CURVE),
            dh=_decoded(address.p256dh),
            auth_secret=secret,
            version="aes128gcm",
        )
    except (ValueError, IndexError, http_ece.ECEException) as error:
        raise UnusableKeys("nothing can be encrypted with these keys") from error


def _decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
