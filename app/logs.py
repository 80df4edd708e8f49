"""What the server writes about itself, and what it never writes.

One line an event, on standard error: when, how grave, who says it, what, then `name=value` pairs. There is never a
query string, a header, a body, an id or a word of a member in it. Exceptions are told by their type and the places in
the code: their messages may quote what somebody wrote (PostgreSQL's do: "Key (name)=(ada) already exists").
"""

import logging
import logging.config
import time
import traceback
from datetime import UTC, datetime
from typing import Any, Final, cast

import asyncpg
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from app.settings import LogLevel

_access = logging.getLogger("leeward.access")

# Health checks come every few seconds and say nothing that their answer does not say.
_NOT_WORTH_A_LINE: Final = "/health"


class PlainFormatter(logging.Formatter):
    """Writes one line an event, and for exceptions the places in the code beneath it."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record down."""
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        message = record.getMessage()
        if record.name == "asyncio":
            # Its second line is the representation of a task, with whatever was handed to it.
            message = message.splitlines()[0]
        line = f"{moment} {record.levelname.lower()} {record.name}: {message}"
        if record.exc_info and record.exc_info[1] is not None:
            line += "\n" + "\n".join(_told(record.exc_info[1]))
        return line


def configure(level: LogLevel) -> dict[str, Any]:
    """Log from now on as this module says; returns the configuration, for servers that want to apply it again."""
    configuration: dict[str, Any] = {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"plain": {"()": "app.logs.PlainFormatter"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain", "stream": "ext://sys.stderr"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "app": {"level": level.upper()},
            "leeward": {"level": level.upper()},
            # Granian's own start and stop are told better by the command line.
            "_granian": {"level": "WARNING"},
        },
    }
    logging.config.dictConfig(configuration)
    return configuration


class AccessLog:
    """An ASGI app around another: a line for each request with the route's pattern, the status and the milliseconds.

    A path is never written: there are ids in it. A request that no route took is `route=app` when it was for a file or
    a screen, and `route=-` when there was nothing.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request and write a line about it."""
        if scope["type"] != "http" or not _access.isEnabledFor(logging.INFO):
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        status = 0

        async def listening_send(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, listening_send)
        finally:
            route = _route(scope, status)
            if not route.startswith(_NOT_WORTH_A_LINE):
                milliseconds = (time.perf_counter() - began) * 1000
                _access.info("method=%s route=%s status=%d ms=%.1f", scope["method"], route, status, milliseconds)


def _route(scope: Scope, status: int) -> str:
    template = scope.get("path_template")
    if template:
        return str(template)
    return "-" if status in {404, 405, 421} else "app"


def _told(error: BaseException) -> list[str]:
    """Tell an exception and what led to it: types, SQLSTATE and constraint, and places in the code."""
    lines: list[str] = []
    if error.__cause__ is not None:
        lines += [*_told(error.__cause__), "  which led to"]
    elif error.__context__ is not None and not error.__suppress_context__:
        lines += [*_told(error.__context__), "  and then"]
    for place in traceback.extract_tb(error.__traceback__):
        lines.append(f"    {place.filename}:{place.lineno} {place.name}: {place.line}")
    name = type(error).__qualname__
    if isinstance(error, asyncpg.PostgresError):
        name += f" sqlstate={error.sqlstate} constraint={error.constraint_name} table={error.table_name}"
    lines.append(f"  {name}")
    if isinstance(error, BaseExceptionGroup):
        for part in cast("BaseExceptionGroup[BaseException]", error).exceptions:
            lines += _told(part)
    return lines
