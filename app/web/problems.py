"""Every error as problem+json (RFC 9457): the one place where errors become answers over HTTP."""

from __future__ import annotations

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.openapi.datastructures import ResponseSpec
from msgspec import Struct

from app.db import AWAY
from app.errors import LeewardError, TooMany, Unavailable
from app.web.bodies import complaint_of

MEDIA_TYPE: Final = "application/problem+json"
RETRY_AFTER: Final = 5
"""Seconds after which a phone may try again when the database was away."""

_log = logging.getLogger(__name__)
_encode = msgspec.json.Encoder().encode

# What Litestar itself can answer, in the codes that a phone knows.
_CODES: Final = {
    400: "invalid",
    401: "signed-out",
    403: "forbidden",
    404: "not-found",
    405: "method-not-allowed",
    413: "too-large",
    415: "not-json",
}


class Problem(Struct, omit_defaults=True):
    """What went wrong. `code` never changes and is what a phone translates; `field` names what to look at."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    field: str | None = None


def problem(status: int, code: str, detail: str, *, field: str | None = None) -> bytes:
    """Write a problem down, with the status's usual phrase as its title."""
    return _encode(Problem("about:blank", HTTPStatus(status).phrase, status, detail, code, field))


def documented(*statuses: int) -> dict[int, ResponseSpec]:
    """Say in the OpenAPI document which errors a route answers."""
    return {
        status: ResponseSpec(
            Problem, description=HTTPStatus(status).phrase, media_type=MEDIA_TYPE, generate_examples=False
        )
        for status in statuses
    }


# Litestar documents a Response[None] as a body; there is none.
DONE: Final = {204: ResponseSpec(None, description="Done; there is nothing to say", generate_examples=False)}


def _answer(
    status: int, code: str, detail: str, *, field: str | None = None, headers: dict[str, str] | None = None
) -> Response[bytes]:
    return Response(
        problem(status, code, detail, field=field), status_code=status, media_type=MEDIA_TYPE, headers=headers
    )


def _refused(_request: Request[Any, Any, Any], error: LeewardError) -> Response[bytes]:
    headers = {"Retry-After": str(error.retry_after)} if isinstance(error, TooMany | Unavailable) else None
    return _answer(error.status, error.code, error.detail, field=error.field, headers=headers)


def _not_understood(request: Request[Any, Any, Any], error: HTTPException) -> Response[bytes]:
    status = error.status_code
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return _fault(request, error)
    unfit = complaint_of(request)
    if unfit is not None:
        return _refused(request, unfit)
    field, detail = _complaint(error)
    return _answer(
        status,
        _CODES.get(status, "invalid"),
        detail,
        field=field,
        headers=dict(error.headers) if error.headers else None,
    )


def _complaint(error: HTTPException) -> tuple[str | None, str]:
    """Find the first field that does not fit, if it is about a field, and say in words what is wrong."""
    match error.status_code, error.extra:
        case HTTPStatus.NOT_FOUND, _:
            return None, "There is nothing here."
        case HTTPStatus.METHOD_NOT_ALLOWED, _:
            return None, "This address does not answer that method."
        case HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _:
            return None, "More was sent than is taken at once."
        case _, [{"key": "data", "message": str(message)}, *_]:  # the body as a whole
            return None, message
        case _, [{"key": str(key), "message": str(message)}, *_]:
            return key, message
        case _:
            return None, error.detail


def _away(_request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    _log.warning("The database is away: %s", type(error).__name__)
    return _answer(
        503,
        "unavailable",
        "The server cannot do that just now, and has changed nothing. Try again in a moment.",
        headers={"Retry-After": str(RETRY_AFTER)},
    )


def _fault(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    # The route with its placeholders, so that no id of anybody gets into the log.
    _log.error("%s %s failed", request.method, request.scope["path_template"], exc_info=error)
    return _answer(500, "server-fault", "Something is broken on the server. Its operator can see it in the log.")


exception_handlers: Final[dict[int | type[Exception], Callable[..., Response[bytes]]]] = {
    LeewardError: _refused,
    HTTPException: _not_understood,
    Exception: _fault,
    **dict.fromkeys(AWAY, _away),
}
"""For Litestar(exception_handlers=…)."""
