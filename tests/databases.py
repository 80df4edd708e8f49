"""Copies of one migrated database: the next is made while a test runs, the last is dropped while the next one does."""

from __future__ import annotations

import asyncio
import itertools
import shutil
import tempfile
from collections.abc import Coroutine
from concurrent.futures import Future
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Any, Final, Self, TypeVar

import asyncpg

from app.embedded_postgres import EmbeddedPostgres

MEMORY: Final = Path("/dev/shm")
"""Files in memory, on Linux: a database of 500 files is copied there in a quarter of the time."""

ENOUGH: Final = 2 * 1024**3
"""Bytes: far more than the databases of a run ever hold at a time. A container may have none but a few megabytes."""

T = TypeVar("T")


def throwaway_folder() -> Path:
    """A new folder for a PostgreSQL that nobody needs afterwards: in memory where there is room for it."""
    in_memory = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ENOUGH
    return Path(tempfile.mkdtemp(prefix="leeward-tests-", dir=MEMORY if in_memory else None))


class Databases:
    """Fresh databases, each for one test: `take` one, `give_back` its name."""

    def __init__(self, postgres: EmbeddedPostgres) -> None:
        self._postgres = postgres
        self._numbers = itertools.count(1)
        # A loop of its own: those of the tests come and go with them.
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name="databases", daemon=True)
        self._turn = asyncio.Lock()
        self._dropped: list[Future[None]] = []

    def __enter__(self) -> Self:
        self._thread.start()
        self._superuser = self._soon(self._connect()).result()
        self._next = self._soon(self._make())
        return self

    async def take(self) -> str:
        """The name of a database that nobody used before."""
        ready, self._next = self._next, self._soon(self._make())
        return await asyncio.wrap_future(ready)

    def give_back(self, name: str) -> None:
        """Nobody needs it any more."""
        self._dropped.append(self._soon(self._drop(name)))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._next.result()
        for dropped in self._dropped:
            dropped.result()
        self._soon(self._superuser.close()).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _soon(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    async def _connect(self) -> asyncpg.Connection:
        return await asyncpg.connect(self._postgres.superuser_url)

    async def _make(self) -> str:
        name = f"test_{next(self._numbers)}"
        async with self._turn:
            await self._superuser.execute(f"CREATE DATABASE {name} TEMPLATE leeward OWNER leeward STRATEGY file_copy")
        return name

    async def _drop(self, name: str) -> None:
        async with self._turn:
            await self._superuser.execute(f"DROP DATABASE {name} WITH (FORCE)")
