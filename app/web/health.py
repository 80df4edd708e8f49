"""Is this process alive, and can it serve people? For load balancers, systemd and whoever is on call."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Final, Literal

from litestar import Response, Router, get
from litestar.openapi.datastructures import ResponseSpec
from msgspec import Struct

from app.db import Database
from app.migrations import missing

PATIENCE: Final = 2.0
"""Seconds that each check may take."""

Check = Callable[[], Awaitable[str | None]]
"""Answers None when all is well, otherwise one sentence for the operator that names no secret."""


class Alive(Struct):
    """This process answers."""

    status: Literal["alive"] = "alive"


class Readiness(Struct):
    """`checks` holds for each part None, or one sentence on what is wrong with it."""

    status: Literal["ready", "not-ready"]
    checks: dict[str, str | None]


@get(
    "/live",
    operation_id="isAlive",
    summary="This process answers; nothing else is looked at",
    tags=["health"],
    sync_to_thread=False,
)
def is_alive() -> Alive:
    """Whoever runs the process can see that it answers: restart it when it does not."""
    return Alive()


def health(
    database: Database, more: Mapping[str, Check] | None = None, *, remarks: Mapping[str, Check] | None = None
) -> Router:
    """Answer /health/live and /health/ready; `more` are further parts to look at, by name.

    `remarks` are parts that are told like the others, without which people are still served: a load balancer that
    took a server away because nobody wakes reminders would turn a late reminder into a closed door.
    """

    async def database_answers() -> str | None:
        async with database.connection() as connection:
            await connection.fetchval("SELECT 1")
        return None

    async def migrated() -> str | None:
        names = await missing(database)
        return f"Not up to date: `leeward migrate` runs what is missing ({len(names)})." if names else None

    checks: dict[str, Check] = {"database": database_answers, "migrations": migrated, **(more or {})}
    told = {**checks, **(remarks or {})}

    @get(
        "/ready",
        operation_id="isReady",
        summary="The database answers and is up to date; every part says what is wrong with it",
        tags=["health"],
        responses={503: ResponseSpec(Readiness, description="Not ready", generate_examples=False)},
    )
    async def is_ready() -> Response[Readiness]:
        """Whoever runs the server can see whether it serves people: send nobody here while it does not."""
        found = dict(zip(told, await asyncio.gather(*map(_looked_at, told.values())), strict=True))
        ready = not any(found[name] for name in checks)
        answer = Readiness("ready" if ready else "not-ready", found)
        return Response(answer, status_code=200 if ready else 503)

    return Router("/health", route_handlers=[is_alive, is_ready])


async def _looked_at(check: Check) -> str | None:
    try:
        async with asyncio.timeout(PATIENCE):
            return await check()
    except TimeoutError:
        return f"No answer within {PATIENCE:.0f} seconds."
    except Exception as error:  # noqa: BLE001 - whatever it is, this part is not ready
        return f"Does not answer ({type(error).__name__})."
