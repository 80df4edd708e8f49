"""Waiting for something to become true, instead of for some time to pass."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

_LOOK_EVERY = 0.02  # seconds


def until(condition: Callable[[], T | None], *, within: float = 60.0) -> T:
    """Return the first thing other than None or False that `condition` returns; fail after `within` seconds."""
    deadline = time.monotonic() + within
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > deadline:
            raise AssertionError(f"it did not come true within {within:.0f} seconds: {condition}")
        time.sleep(_LOOK_EVERY)
