"""A push service on this machine that checks what a real one checks, and answers as it is told.

It holds the keys of the devices that subscribed with it, so that it can also read what was sent.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections import Counter
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import http_ece
import msgspec
from aiohttp import web
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

LARGEST_BODY = 4096
LONGEST_TOPIC = 32
LONGEST_EXP = 24 * 3600
URLSAFE = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


def b64(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Device:
    """A browser's subscription, with the keys that only the browser has."""

    endpoint: str
    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(16))

    @property
    def p256dh(self) -> str:
        return b64(
            self.private.public_key().public_bytes(
                serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
            )
        )

    @property
    def auth(self) -> str:
        return b64(self.secret)

    def subscription(self, key: str, zone: str = "Europe/Berlin") -> dict[str, Any]:
        """What the phone sends to its server."""
        return {"endpoint": self.endpoint, "keys": {"p256dh": self.p256dh, "auth": self.auth}, "key": key, "zone": zone}


@dataclass(frozen=True)
class Received:
    """One push that a push service took, as the device reads it."""

    path: str
    topic: str
    ttl: int
    urgency: str
    message: dict[str, Any]
    at: float


@dataclass(frozen=True)
class Told:
    """How the service answers instead of 201. `hang`: not at all."""

    status: int = 201
    headers: tuple[tuple[str, str], ...] = ()
    hang: bool = False


def told(status: int, **headers: str) -> Told:
    """An answer with headers: `told(429, Retry_After="1")`."""
    return Told(status, tuple((name.replace("_", "-"), value) for name, value in headers.items()))


class LocalPushService:
    """Answers 201 to what is right, and 400, 401, 403 or 413 to what is not, like a real one.

    `answers` are given first, in turn, to whoever comes; `at` says how one path is answered, always; `always` how all
    others are.
    """

    def __init__(self) -> None:
        self.origin = ""
        self.devices: dict[str, Device] = {}
        self.received: list[Received] = []
        self.wrong: list[str] = []
        self.answers: list[Told] = []
        self.at: dict[str, Told] = {}
        self.always: Told | None = None
        self.requests = 0
        self.elsewhere = 0
        self.key: str | None = None
        """The key that devices subscribed with; None: whatever key signs."""
        self.on_received: Callable[[Received], None] = lambda _: None
        self.now: Callable[[], float] = time.time
        """Its clock: seconds since 1970."""
        self.released = asyncio.Event()

    def device(self) -> Device:
        """A browser subscribes here."""
        path = f"/wpush/v2/{secrets.token_urlsafe(24)}"
        self.devices[path] = Device(self.origin + path)
        return self.devices[path]

    def topics(self) -> Counter[tuple[str, str]]:
        """How often each device was sent each Topic."""
        return Counter((received.path, received.topic) for received in self.received)

    async def take(self, request: web.Request) -> web.Response:
        self.requests += 1
        body = await request.read()
        told = self.at.get(request.path) or (self.answers.pop(0) if self.answers else self.always)
        if told is not None:
            if told.hang:
                await self.released.wait()
            if told.status != 201:
                return web.Response(status=told.status, headers=dict(told.headers))
        device = self.devices.get(request.path)
        if device is None:
            return web.Response(status=404)
        try:
            received = self._read(request, device, body)
        except Refusal as refusal:
            self.wrong.append(str(refusal))
            return web.Response(status=refusal.status)
        self.received.append(received)
        self.on_received(received)
        return web.Response(status=201, headers={"Location": f"{self.origin}/m/{secrets.token_hex(8)}"})

    async def redirected(self, _request: web.Request) -> web.Response:
        self.elsewhere += 1
        return web.Response(status=201)

    def _read(self, request: web.Request, device: Device, body: bytes) -> Received:
        asked = self.check(request, body, self.key)
        try:
            plain = http_ece.decrypt(body, private_key=device.private, auth_secret=device.secret)
        except http_ece.ECEException as error:
            raise Refusal(400, "cannot be decrypted") from error
        return Received(request.path, *asked, msgspec.json.decode(bytes(plain)), self.now())

    def check(self, request: web.Request, body: bytes, key: str | None) -> tuple[str, int, str]:
        """Topic, TTL and urgency of a push that is as it should be, signed with this key. Raises `Refusal`."""
        self._check_vapid(request.headers.get("Authorization", ""), key)
        ttl = request.headers.get("TTL", "")
        if not ttl.isdecimal():
            raise Refusal(400, "TTL is missing")
        topic = request.headers.get("Topic", "")
        if len(topic) > LONGEST_TOPIC or set(topic) - URLSAFE:
            raise Refusal(400, "Topic is too long, or not in the URL-safe alphabet")
        urgency = request.headers.get("Urgency", "normal")
        if urgency not in {"very-low", "low", "normal", "high"}:
            raise Refusal(400, "Urgency is none")
        if body and request.headers.get("Content-Encoding") != "aes128gcm":
            raise Refusal(400, "Content-Encoding is not aes128gcm")
        if len(body) > LARGEST_BODY:
            raise Refusal(413, "too large")
        return topic, int(ttl), urgency

    def _check_vapid(self, header: str, key: str | None) -> None:
        scheme, _, rest = header.partition(" ")
        parts = dict(part.strip().split("=", 1) for part in rest.split(",") if "=" in part)
        if scheme.lower() != "vapid" or not {"t", "k"} <= parts.keys():
            raise Refusal(401, "no VAPID")
        if key is not None and parts["k"] != key:
            raise Refusal(403, "another key than the one that was subscribed with")
        signed, _, signature = parts["t"].rpartition(".")
        raw = unb64(signature)
        numbers = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unb64(parts["k"]))
        try:
            public.verify(encode_dss_signature(*numbers), signed.encode(), ec.ECDSA(hashes.SHA256()))
        except InvalidSignature as error:
            raise Refusal(403, "the signature is not good") from error
        claims = msgspec.json.decode(unb64(signed.split(".")[1]))
        if claims.get("aud") != self.origin:
            raise Refusal(403, f"aud is {claims.get('aud')}")
        if not self.now() < claims.get("exp", 0) <= self.now() + LONGEST_EXP:
            raise Refusal(403, "exp is past, or more than a day ahead")
        if not str(claims.get("sub", "")).startswith(("mailto:", "https://")) or "localhost" in claims["sub"]:
            raise Refusal(403, "sub is nobody to write to")


class Refusal(Exception):  # noqa: N818 - what a push service says
    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


@asynccontextmanager
async def local_push_service() -> AsyncGenerator[LocalPushService]:
    """Run one, on a port of its own, until the end of the block."""
    service = LocalPushService()
    app = web.Application(client_max_size=1024 * 1024)
    app.router.add_post("/wpush/v2/{token}", service.take)
    app.router.add_route("*", "/elsewhere", service.redirected)
    async with serving(app) as service.origin:
        try:
            yield service
        finally:
            service.released.set()


@asynccontextmanager
async def serving(app: web.Application) -> AsyncGenerator[str]:
    """Serve this on a port of its own, until the end of the block; its origin."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    sockets: Any = site._server  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
    try:
        yield f"http://127.0.0.1:{sockets.sockets[0].getsockname()[1]}"
    finally:
        await runner.cleanup()
