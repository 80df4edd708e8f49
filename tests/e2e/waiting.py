"""Waiting for what no screen shows."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

PATIENCE: Final = 20.0
"""Seconds until something that does not come is missed."""


async def eventually(holds: Callable[[], Awaitable[bool]], what: str) -> None:
    """Look again and again until it holds. Raises AssertionError with `what` was waited for."""
    try:
        async with asyncio.timeout(PATIENCE):
            while not await holds():  # noqa: ASYNC110 - databases and browsers tell nobody when they change
                await asyncio.sleep(0.05)
    except TimeoutError:
        raise AssertionError(f"never came about: {what}") from None
