"""Sessions as HTTP sees them: two cookies, who is acting, and where a request comes from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from litestar import Request
from litestar.datastructures import Cookie, MutableScopeHeaders
from litestar.di import NamedDependency, Provide
from litestar.types import Message, Scope

from app import clock
from app.accounts.address import client_address
from app.accounts.devices import KEPT, Started
from app.accounts.service import SignedOut, Visit, find, token_hash
from app.db import Database
from app.settings import Network
from app.spaces.actor import Actor

_RENEW: Final = "renew_session_cookies"


class Sessions:
    """Reads and writes the cookies of one server, and says who is acting."""

    def __init__(self, database: Database, *, secure: bool, trusted_proxies: Sequence[Network] = ()) -> None:
        # On http, which is this machine alone, WebKit drops what is marked Secure, and __Host- asks for that mark.
        prefix = "__Host-" if secure else ""
        self.cookie = f"{prefix}leeward"
        self.known_cookie = f"{prefix}leeward-known"
        self._secure = secure
        self._database = database
        self._trusted_proxies = trusted_proxies

    def dependencies(self) -> dict[str, Provide]:
        """For Litestar(dependencies=…): `actor`, `signed_in`, `visit`, and these sessions as `sessions`."""
        return {
            "actor": Provide(self.actor),
            "signed_in": Provide(signed_in, sync_to_thread=False),
            "visit": Provide(self.visit, sync_to_thread=False),
            "sessions": Provide(lambda: self, sync_to_thread=False),
        }

    async def actor(self, request: Request[Any, Any, Any]) -> Actor | None:
        """Who is acting; None when nobody is signed in, or not any more.

        Raises `DeviceEnded` for a device that was ended, whose phone has to erase its store.
        """
        token = request.cookies.get(self.cookie)
        if not token:
            return None
        async with self._database.connection() as connection:
            try:
                found = await find(connection, token, clock.now())
            except SignedOut:
                return None
        if found.new_day:
            request.scope["state"][_RENEW] = request.cookies
        return found.actor

    def token_hash(self, request: Request[Any, Any, Any]) -> bytes | None:
        """How the token that this browser sends is kept; None when it sends none."""
        token = request.cookies.get(self.cookie)
        return token_hash(token) if token else None

    def visit(self, request: Request[Any, Any, Any]) -> Visit:
        """Where a request to come in comes from."""
        peer = request.client.host if request.client else ""
        return Visit(
            address=client_address(peer, request.headers.getall("x-forwarded-for", []), self._trusted_proxies),
            session_token=request.cookies.get(self.cookie),
            known_token=request.cookies.get(self.known_cookie),
        )

    async def renew(self, message: Message, scope: Scope) -> None:
        """For Litestar(before_send=[…]): once a day the cookies get another 400 days."""
        if message["type"] != "http.response.start":
            return
        sent: dict[str, str] | None = scope["state"].get(_RENEW)
        headers = MutableScopeHeaders.from_message(message)
        if sent is None or "set-cookie" in headers:
            return
        for name in (self.cookie, self.known_cookie):
            if name in sent:
                headers.add("set-cookie", self._written(name, sent[name]).to_header(header=""))

    def entered(self, started: Started) -> list[Cookie]:
        """The cookies of a browser on which somebody has just signed in."""
        return [self._written(self.cookie, started.token), self._written(self.known_cookie, started.known_token)]

    def left(self) -> list[Cookie]:
        """Signed out: this browser stays known, so that strangers' wrong guesses do not keep its member out."""
        return [self._erased(self.cookie)]

    def forgotten(self) -> list[Cookie]:
        """The account is gone: nothing of it stays in this browser."""
        return [self._erased(self.cookie), self._erased(self.known_cookie)]

    def _written(self, name: str, value: str) -> Cookie:
        seconds = int(KEPT.total_seconds())
        return Cookie(name, value=value, max_age=seconds, secure=self._secure, httponly=True, samesite="lax")

    def _erased(self, name: str) -> Cookie:
        return Cookie(name, value="", max_age=0, secure=self._secure, httponly=True, samesite="lax")


def signed_in(actor: NamedDependency[Actor | None]) -> Actor:
    """Who is acting. Raises `SignedOut` when nobody is signed in."""
    if actor is None:
        raise SignedOut
    return actor
