"""Hashing passwords with Argon2id, beside the event loop and never more than two at a time.

One hash takes 46 MiB and about 55 ms of a core: that is what makes guessing expensive, and it is ours to ration.
"""

from __future__ import annotations

import asyncio
import secrets
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import Type

from app.errors import Unavailable

MEMORY_KIB = 46 * 1024
THREADS = 2
MOST_WAITING = 64

T = TypeVar("T")


class Passwords:
    """Hashes and checks passwords. One per process; `close` it at the end."""

    def __init__(self, *, memory_kib: int = MEMORY_KIB, most_waiting: int = MOST_WAITING) -> None:
        self._hasher = PasswordHasher(time_cost=1, memory_cost=memory_kib, parallelism=1, type=Type.ID)
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="passwords")
        self._room = threading.Semaphore(most_waiting)
        # What an unknown name is checked against, so that it takes as long as a known one.
        self._nobody = self._threads.submit(self._hasher.hash, secrets.token_urlsafe())

    async def hash(self, password: str) -> str:
        """The hash to keep of a cleaned password, with its salt and parameters.

        Raises `Unavailable` "busy" when too many wait already.
        """
        return await self._in_a_thread(lambda: self._hasher.hash(password))

    async def matches(self, password: str, hashed: str | None) -> bool:
        """Whether a cleaned password is the one that was hashed. None (nobody has that name) is never, as slowly.

        Raises `Unavailable` "busy" when too many wait already.
        """
        return await self._in_a_thread(lambda: self._verify(password, hashed))

    def is_outdated(self, hashed: str) -> bool:
        """Whether this hash was made with other parameters than today's, and should be made anew."""
        return self._hasher.check_needs_rehash(hashed)

    async def close(self) -> None:
        """Let go of the threads; what waits for one is cancelled."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _verify(self, password: str, hashed: str | None) -> bool:
        try:
            self._hasher.verify(self._nobody.result() if hashed is None else hashed, password)
        except (VerificationError, InvalidHashError):
            return False
        return hashed is not None

    async def _in_a_thread(self, work: Callable[[], T]) -> T:
        if not self._room.acquire(blocking=False):
            raise Unavailable("busy", "Many people are signing in just now. Please try again in a moment.")
        future = self._threads.submit(work)
        future.add_done_callback(lambda _: self._room.release())
        return await asyncio.wrap_future(future)
