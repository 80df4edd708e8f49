"""A push service for a real Firefox: Mozilla's autopush protocol for the browser, RFC 8030 for the server that sends.

What it is sent it cannot read: only the browser has the keys. It keeps a message until the browser says that it has
it, for as long as its TTL allows, and a newer one of the same Topic takes the place of an older one.

https://mozilla-services.github.io/autopush-rs/ and toolkit's PushServiceWebSocket.sys.mjs say what goes over the wire.
"""

from __future__ import annotations

import asyncio
import secrets
from base64 import urlsafe_b64encode
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.push.local_push_service import LocalPushService, Received, Refusal, serving

Told = dict[str, Any]
"""A message over the WebSocket, JSON."""

ACCEPTED = 100
"""How a browser says that a message has come to the page's worker; 101 and above: that it could not use it."""


@dataclass
class Message:
    """One push on its way to a browser."""

    topic: str
    expires_at: float
    body: bytes
    version: str = field(default_factory=lambda: secrets.token_urlsafe(16))

    def told(self, channel: str) -> Told:
        said: Told = {"messageType": "notification", "channelID": channel, "version": self.version}
        if self.body:
            said |= {"data": urlsafe_b64encode(self.body).decode(), "headers": {"encoding": "aes128gcm"}}
        return said


@dataclass
class Channel:
    """One subscription of a browser. `key`: the only one that may send to it."""

    id: str
    uaid: str
    key: str | None
    waiting: list[Message] = field(default_factory=list[Message])


class Autopush(LocalPushService):
    """Browsers talk to it at `address`, servers send to `origin`."""

    def __init__(self) -> None:
        super().__init__()
        self.channels: dict[str, Channel] = {}
        """By the path of their endpoint."""
        self.online: dict[str, web.WebSocketResponse] = {}
        """Browsers that are connected, by the name that they were given."""
        self.known: set[str] = set()
        self.acks: list[tuple[str, int]] = []
        """What browsers said of which message: its version, and `ACCEPTED` or why not."""
        self.is_away = False

    @property
    def address(self) -> str:
        """What Firefox is told as `dom.push.serverURL`."""
        return f"ws{self.origin.removeprefix('http')}/"

    async def go_away(self) -> None:
        """No browser reaches it any more, as without a network. Servers still do."""
        self.is_away = True
        for socket in list(self.online.values()):
            await socket.close()

    def come_back(self) -> None:
        """Browsers reach it again."""
        self.is_away = False

    def forget_everybody(self) -> None:
        """It has lost its database: browsers get new names, and subscriptions are gone."""
        self.known.clear()
        self.channels.clear()

    # Servers send

    async def take(self, request: web.Request) -> web.Response:
        self.requests += 1
        body = await request.read()
        told = self.at.get(request.path) or (self.answers.pop(0) if self.answers else None)
        if told is not None and told.status != 201:
            return web.Response(status=told.status, headers=dict(told.headers))
        channel = self.channels.get(request.path)
        if channel is None:
            return web.Response(status=410)
        try:
            topic, ttl, urgency = self.check(request, body, channel.key)
        except Refusal as refusal:
            self.wrong.append(str(refusal))
            return web.Response(status=refusal.status)
        now = self.now()
        received = Received(request.path, topic, ttl, urgency, {}, now)
        self.received.append(received)
        self.on_received(received)
        message = Message(topic, now + ttl, body)
        if topic:
            channel.waiting = [before for before in channel.waiting if before.topic != topic]
        if ttl > 0 or channel.uaid in self.online:
            channel.waiting.append(message)
        await self._deliver(channel, [message])
        return web.Response(status=201, headers={"Location": f"{self.origin}/m/{message.version}", "TTL": str(ttl)})

    # Browsers talk

    async def talk(self, request: web.Request) -> web.StreamResponse:
        """One browser's connection, from hello to its end."""
        if self.is_away:
            return web.Response(status=503)
        socket = web.WebSocketResponse(protocols=("push-notification",))
        await socket.prepare(request)
        uaid = ""
        try:
            async for said in socket:
                if said.type is not WSMsgType.TEXT:
                    break
                uaid = await self._hear(socket, uaid, said.json())
        finally:
            if self.online.get(uaid) is socket:
                del self.online[uaid]
        return socket

    async def _hear(self, socket: web.WebSocketResponse, uaid: str, said: Told) -> str:
        """Answer one message; returns whose connection it is."""
        match said.get("messageType"):
            case "hello":
                uaid = said["uaid"] if said.get("uaid") in self.known else secrets.token_hex(16)
                self.known.add(uaid)
                self.online[uaid] = socket
                hello: Told = {
                    "messageType": "hello",
                    "uaid": uaid,
                    "status": 200,
                    "use_webpush": True,
                    "broadcasts": {},
                }
                await socket.send_json(hello)
                for channel in self._of(uaid):
                    channel.waiting = [one for one in channel.waiting if one.expires_at > self.now()]
                    await self._deliver(channel, channel.waiting)
            case "register":
                path = f"/wpush/v2/{secrets.token_urlsafe(24)}"
                key = said.get("key")
                self.channels[path] = Channel(said["channelID"], uaid, key.rstrip("=") if key else None)
                answer = {"messageType": "register", "channelID": said["channelID"], "status": 200, "uaid": uaid}
                await socket.send_json(answer | {"pushEndpoint": self.origin + path})
            case "unregister":
                for path in [path for path, channel in self.channels.items() if channel.id == said["channelID"]]:
                    del self.channels[path]
                await socket.send_json({"messageType": "unregister", "channelID": said["channelID"], "status": 200})
            case "ack":
                self._heard_back({update["version"]: update["code"] for update in said["updates"]}, uaid)
            case "nack":
                self._heard_back({said["version"]: said["code"]}, uaid)
            case None:  # a ping
                await socket.send_str("{}")
            case _:  # broadcasts: there are none
                pass
        return uaid

    async def _deliver(self, channel: Channel, messages: list[Message]) -> None:
        socket = self.online.get(channel.uaid)
        if socket is not None and not socket.closed:
            for message in messages:
                await socket.send_json(message.told(channel.id))

    def _heard_back(self, codes: dict[str, int], uaid: str) -> None:
        self.acks.extend(codes.items())
        for channel in self._of(uaid):
            channel.waiting = [message for message in channel.waiting if message.version not in codes]

    def _of(self, uaid: str) -> list[Channel]:
        return [channel for channel in self.channels.values() if channel.uaid == uaid]


@asynccontextmanager
async def autopush() -> AsyncGenerator[Autopush]:
    """Run one, on a port of its own, until the end of the block."""
    service = Autopush()
    app = web.Application(client_max_size=1024 * 1024)
    app.router.add_get("/", service.talk)
    app.router.add_post("/wpush/v2/{token}", service.take)
    async with serving(app) as service.origin:
        try:
            yield service
        finally:
            await asyncio.gather(*(socket.close() for socket in list(service.online.values())))
