"""Short answers straight over ASGI, for what is answered before or beside the API."""

from __future__ import annotations

from collections.abc import Sequence

from litestar.types import HTTPScope, Send

from app.web.problems import MEDIA_TYPE, problem

Headers = Sequence[tuple[bytes, bytes]]


def header(scope: HTTPScope, name: bytes) -> bytes | None:
    """Read a request header by its lower-case name; None when it was not sent."""
    for key, value in scope["headers"]:
        if key == name:
            return value
    return None


def has_a_body(scope: HTTPScope) -> bool:
    """Whether a request announces that it brings something."""
    return header(scope, b"transfer-encoding") is not None or header(scope, b"content-length") not in {None, b"0"}


async def reply(send: Send, status: int, headers: Headers, body: bytes = b"") -> None:
    """Answer at once, with a body that is whole."""
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})


async def reply_problem(send: Send, status: int, code: str, detail: str, *, headers: Headers = ()) -> None:
    """Answer with an error that is never cached."""
    body = problem(status, code, detail)
    await reply(
        send,
        status,
        [
            (b"content-type", MEDIA_TYPE.encode()),
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", b"no-store"),
            *headers,
        ],
        body,
    )
