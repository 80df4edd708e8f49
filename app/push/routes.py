"""Pushes over the network: all of it is about this browser and its push service, so it needs the network anyway."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from litestar import Controller, Response, delete, get, post, put
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import JSONBody
from msgspec import Meta, Struct

from app import clock
from app.db import Database
from app.errors import Conflict, Invalid
from app.push import endpoints, rules, service
from app.push.sender import Address, UnusableKeys, encrypt
from app.push.vapid import VapidKeys
from app.spaces.actor import Actor
from app.web.openapi import SIGNED_IN
from app.web.problems import DONE, documented

_MOST_BYTES = 8 * 1024

Key = Annotated[str, Meta(description="base64url without padding", max_length=200)]
Endpoint = Annotated[str, Meta(description="As the browser's PushSubscription has it", max_length=2048)]


class Pushes(Struct, frozen=True):
    """What these routes need of this process: `hosts` are the push services that may be called."""

    database: Database
    keys: VapidKeys
    hosts: tuple[str, ...]


class PublicKey(Struct):
    """What a phone subscribes with: the uncompressed point of P-256, base64url."""

    key: Key


class Sent(Struct, rename="camel"):
    """What a phone sends here says where it can be reached: it shows in no error and no log."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"


class SubscriptionKeys(Sent):
    """`keys` of the browser's PushSubscription."""

    p256dh: Key
    auth: Key


class Subscription(Sent):
    """The browser's PushSubscription. `key`: the server's key that it was made with; `zone`: the phone's time zone."""

    endpoint: Endpoint
    keys: SubscriptionKeys
    key: Key
    zone: Annotated[str, Meta(max_length=100, examples=["Europe/Paris"])]


class OldSubscription(Sent):
    """Which subscription ends."""

    endpoint: Endpoint


class Subscribed(Struct):
    """This browser's subscription on the server."""

    id: UUID


class TestPush(Struct):
    """A push on its way; the worker is told the same key."""

    key: str


class Reached(Sent):
    """Which push came, and when by the phone's clock."""

    key: Key
    at: Annotated[datetime, Meta(tz=True)]


class PushStatus(Struct, rename="camel"):
    """Whether this browser gets pushes, when its push service last took one, and when one last came."""

    subscribed: bool
    accepted_at: datetime | None
    reached_at: datetime | None


class PushController(Controller):
    """Pushes on this browser."""

    path = "/api/push"
    tags = ("push",)
    request_max_body_size = _MOST_BYTES

    @get("/key", operation_id="getPushKey", sync_to_thread=True)
    def key(self, pushes: NamedDependency[Pushes]) -> PublicKey:
        """The key to subscribe with. A subscription made with another one has to be made anew."""
        return PublicKey(pushes.keys.key.public)

    @put(
        "/subscription",
        operation_id="subscribe",
        security=SIGNED_IN,
        responses={
            201: ResponseSpec(Subscribed, description="Pushes will come here from now on", generate_examples=False),
            **documented(400, 401, 409, 503),
        },
    )
    async def subscribe(
        self,
        data: JSONBody[Subscription],
        signed_in: NamedDependency[Actor],
        pushes: NamedDependency[Pushes],
    ) -> Response[Subscribed]:
        """Get pushes here, or go on getting them. 409: made with an old key, or taken by another sign-in."""
        endpoints.origin_of(data.endpoint, pushes.hosts)
        rules.check_keys(data.keys.p256dh, data.keys.auth)
        try:
            encrypt(Address(data.endpoint, data.keys.p256dh, data.keys.auth), b"-")
        except UnusableKeys as error:
            raise Invalid("invalid", "This is not a key of a push subscription.", field="p256dh") from error
        if data.key != pushes.keys.key.public:
            raise Conflict(
                "key-changed", "This server has another key for pushes now. Turn pushes on anew.", field="key"
            )
        keys = rules.Keys(data.keys.p256dh, data.keys.auth, data.key)
        async with pushes.database.transaction() as connection:
            made = await service.subscribe(connection, signed_in, data.endpoint, keys, data.zone, clock.now())
        return Response(Subscribed(made.id), status_code=201 if made.new else 200)

    @delete("/subscription", operation_id="unsubscribe", security=SIGNED_IN, responses=documented(400, 401, 413, 503))
    async def unsubscribe(
        self,
        data: JSONBody[OldSubscription],
        signed_in: NamedDependency[Actor],
        pushes: NamedDependency[Pushes],
    ) -> None:
        """Get no pushes here any more; also right when none came."""
        async with pushes.database.connection() as connection:
            await service.unsubscribe(connection, signed_in, data.endpoint)

    @post(
        "/test",
        operation_id="sendTestPush",
        status_code=202,
        security=SIGNED_IN,
        responses=documented(401, 409, 429, 503),
    )
    async def send_test(self, signed_in: NamedDependency[Actor], pushes: NamedDependency[Pushes]) -> TestPush:
        """Send a push to this browser, to see that it comes. At most ten an hour."""
        now = clock.now()
        async with pushes.database.connection() as connection:
            await service.count_test(connection, signed_in, now)
        async with pushes.database.transaction() as connection:
            return TestPush(await service.send_test(connection, signed_in, now))

    @post(
        "/reached",
        operation_id="pushReached",
        status_code=204,
        security=SIGNED_IN,
        responses={**DONE, **documented(400, 401, 503)},
    )
    async def reached(
        self, data: JSONBody[Reached], signed_in: NamedDependency[Actor], pushes: NamedDependency[Pushes]
    ) -> Response[None]:
        """Say that a push has come to this browser."""
        async with pushes.database.connection() as connection:
            await service.reached(connection, signed_in, rules.key_of(data.key), data.at, clock.now())
        return Response(None)

    @get("/status", operation_id="getPushStatus", security=SIGNED_IN, responses=documented(401, 503))
    async def status(self, signed_in: NamedDependency[Actor]) -> PushStatus:
        """Whether pushes reach this browser."""
        status = await service.status_of(signed_in)
        return PushStatus(status.subscribed, status.accepted_at, status.reached_at)
