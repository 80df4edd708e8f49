"""One push over the network: encrypted by what pywebpush stands on; pooled, short of patience, going nowhere else."""

from __future__ import annotations

import asyncio
from base64 import urlsafe_b64decode
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Final, Literal, Self, cast

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from msgspec import Struct

from app.errors import Invalid
from app.push.breaker import FIRST_PAUSE
from app.push.connections import Answer, Connections, Resolve
from app.push.endpoints import may_be_called, origin_of
from app.push.push_service import NoReply, Paused, PushService
from app.push.vapid import Signer

CONNECTIONS: Final = 300
"""Pushes on their way at once, to all push services together."""
PATIENCE: Final = 10.0
"""Seconds that a push may take from the first packet to the last."""
_PATIENCE_AT_THE_END: Final = 2.0
_CURVE: Final = ec.SECP256R1()
_encrypt: Final = cast("Callable[..., bytes]", http_ece.encrypt)
_SECRET_BYTES: Final = 16
_MOST_SERVICES: Final = 1000
"""Push services that are remembered: whoever runs a phone can name any host of `*.notify.windows.com`."""

NotSent = NoReply | Literal["endpoint-not-allowed", "bad-keys"]


class UnusableKeys(ValueError):  # noqa: N818 - read as what it says
    """A subscription's keys are no point of P-256, or no secret."""


class Address(Struct, frozen=True):
    """Where a device is reached and what encrypts for it, as its browser said."""

    endpoint: str
    p256dh: str
    auth: str

    def __repr__(self) -> str:
        return "<Address>"


class Sender:
    """Sends to the push services named in `hosts`, and opens no connection to anything else.

    Use it in an `async with`. `patience` with a push and `first_pause` of a push service in seconds; `resolve` is for
    tests.
    """

    def __init__(
        self,
        hosts: Sequence[str],
        signer: Signer,
        *,
        patience: float = PATIENCE,
        first_pause: float = FIRST_PAUSE,
        resolve: Resolve | None = None,
    ) -> None:
        self._hosts = hosts
        self._signer = signer
        self._patience = patience
        self._resolve = resolve
        self._connections: Connections | None = None
        self._room = asyncio.Semaphore(CONNECTIONS)
        self._first_pause = first_pause
        self._services: dict[str, PushService] = {}

    async def __aenter__(self) -> Self:
        self._connections = Connections(partial(may_be_called, hosts=self._hosts), resolve=self._resolve)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._connections is not None:
            self._connections.close()
            self._connections = None

    @property
    def key(self) -> str:
        """The public key that phones have to have subscribed with."""
        return self._signer.public

    def hurry(self) -> None:
        """This process is stopping: what is on its way gets two more seconds."""
        self._patience = min(self._patience, _PATIENCE_AT_THE_END)
        for service in self._services.values():
            service.hurry(self._patience)

    async def send(
        self, address: Address, payload: bytes, *, ttl: int, urgency: str, topic: str, now: datetime
    ) -> Answer | NotSent | Paused:
        """Encrypt and send one push; what the push service answered, or why it was not asked."""
        if self._connections is None:
            raise RuntimeError("A sender is used inside its `async with`.")
        try:
            origin = origin_of(address.endpoint, self._hosts)  # the list may have become shorter since it subscribed
        except Invalid:
            return "endpoint-not-allowed"
        service = self._service_at(origin)
        if (paused := service.paused()) is not None:
            return paused
        try:
            body = encrypt(address, payload)
        except UnusableKeys:
            return "bad-keys"
        # The endpoint was looked at character by character: it is sent as it is written, and ends no line.
        head = (
            f"POST {address.endpoint[len(origin) :]} HTTP/1.1\r\n"
            f"Host: {origin.partition('//')[2]}\r\n"
            f"Authorization: {self._signer.authorization(origin, now)}\r\n"
            "Content-Encoding: aes128gcm\r\n"
            "Content-Type: application/octet-stream\r\n"
            f"Content-Length: {len(body)}\r\n"
            f"TTL: {max(0, ttl)}\r\n"
            f"Topic: {topic}\r\n"
            f"Urgency: {urgency}\r\n\r\n"
        )
        return await service.post(self._connections, head.encode("ascii") + body)

    def _service_at(self, origin: str) -> PushService:
        service = self._services.get(origin)
        if service is None:
            if len(self._services) >= _MOST_SERVICES:
                self._services = {each: kept for each, kept in self._services.items() if not kept.is_idle}
            service = PushService(origin, self._room, self._patience, self._first_pause)
            self._services[origin] = service
        return service


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
