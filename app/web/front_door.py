"""Where every request comes in: the right host, writes from our own pages only, then the API or the app.

It stands around Litestar instead of inside it: Litestar hands mounted paths over with a slash at the end
(`sw.js/`), and what is turned away here costs next to nothing.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import quote, urlsplit

from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from app.settings import Settings
from app.web.metrics import PATH as METRICS_PATH
from app.web.replies import has_a_body, header, reply, reply_problem
from app.web.security import is_json, may_write, security_headers

OPENAPI_PATH: Final = "/schema/openapi.json"
_NO_STORE: Final = (b"cache-control", b"no-store")


class FrontDoor:
    """An ASGI app around two others: `api` answers /api, /health and the OpenAPI document, `frontend` the rest."""

    def __init__(self, api: ASGIApp, frontend: ASGIApp, settings: Settings) -> None:
        self._api = api
        self._frontend = frontend
        self._origin = settings.origin.encode()
        self._host = urlsplit(settings.origin).netloc.encode()
        self._headers = security_headers(secure=settings.secure)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; the start and end of the process are the API's to know."""
        if scope["type"] != "http":
            await self._api(scope, receive, send)
            return
        path = scope["path"]
        is_api = _lies_under(path, "/api")
        is_health = _lies_under(path, "/health") or path == METRICS_PATH  # of those who look after the server
        send = self._with_headers(send, cacheable=not (is_api or is_health))
        if not is_health and (header(scope, b"host") or b"").lower() != self._host:
            await self._send_to_the_right_host(scope, send)
        elif not self._may_write(scope):
            await reply_problem(send, 403, "other-origin", "Only Leeward's own pages can change something here.")
        elif has_a_body(scope) and not is_json(header(scope, b"content-type")):
            await reply_problem(send, 415, "not-json", "What is sent here has to be application/json.")
        elif is_api or is_health or path == OPENAPI_PATH:
            await self._api(scope, receive, send)
        elif _lies_under(path, "/schema"):
            await reply_problem(send, 404, "not-found", f"The description of the API is at {OPENAPI_PATH}.")
        else:
            await self._frontend(scope, receive, send)

    def _may_write(self, scope: HTTPScope) -> bool:
        return may_write(
            scope["method"],
            own_origin=self._origin,
            origin=header(scope, b"origin"),
            fetch_site=header(scope, b"sec-fetch-site"),
        )

    async def _send_to_the_right_host(self, scope: HTTPScope, send: Send) -> None:
        """To a browser localhost and 127.0.0.1 are two stores: check-ins in one are not seen in the other."""
        if scope["method"] not in {"GET", "HEAD"}:
            await reply_problem(send, 421, "other-host", f"This server is {self._origin.decode()}.")
            return
        # Never the path as it was sent: only what quoting leaves of it can stand in a header.
        target = self._origin + quote(scope["path"]).encode()
        if query := scope["query_string"]:
            target += b"?" + quote(query, safe="/?:@!$&'()*+,;=%-._~").encode()
        await reply(send, 307, [(b"location", target), (b"content-length", b"0"), _NO_STORE])

    def _with_headers(self, send: Send, *, cacheable: bool) -> Send:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [*message["headers"], *self._headers]
                if not cacheable and not any(name.lower() == b"cache-control" for name, _ in headers):
                    headers.append(_NO_STORE)
                message["headers"] = headers
            await send(message)

        return send_with_headers


def _lies_under(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder + "/")
