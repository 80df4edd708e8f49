"""Many small questions to the database at about the same time, asked as one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Q = TypeVar("Q")
A = TypeVar("A")


class Gatherer(Generic[Q, A]):
    """Collects questions for a few milliseconds and answers them together, one lot after the other.

    `answer` gets at most `most` questions and gives as many answers, in their order. When it fails for several, each
    is asked by itself, so that one bad one spoils no other; unless it failed with one of `alike`, which would come
    again for each (the database is away): then all are told.
    """

    def __init__(
        self,
        answer: Callable[[Sequence[Q]], Awaitable[Sequence[A]]],
        *,
        alike: tuple[type[Exception], ...] = (),
        wait: float = 0.003,
        most: int = 500,
    ) -> None:
        self._answer = answer
        self._alike = alike
        self._wait = wait
        self._most = most
        self._asked: list[tuple[Q, asyncio.Future[A]]] = []
        self._task: asyncio.Task[None] | None = None

    async def ask(self, question: Q) -> A:
        """The answer to one question; raises what answering it raised."""
        future: asyncio.Future[A] = asyncio.get_running_loop().create_future()
        self._asked.append((question, future))
        if self._task is None:
            self._task = asyncio.create_task(self._work())
        return await future

    async def _work(self) -> None:
        try:
            await asyncio.sleep(self._wait)
            while self._asked:
                lot, self._asked = self._asked[: self._most], self._asked[self._most :]
                if not await self._answered(lot):
                    for one in lot:
                        await self._answered([one])
        finally:
            self._task = None
            if self._asked:
                self._task = asyncio.create_task(self._work())

    async def _answered(self, lot: list[tuple[Q, asyncio.Future[A]]]) -> bool:
        """Answer these. False: it failed for the lot of them, and nobody was told anything."""
        try:
            answers = await self._answer([question for question, _ in lot])
        except Exception as error:  # noqa: BLE001 - whoever asked is told
            if len(lot) > 1 and not isinstance(error, self._alike):
                return False
            for _, future in lot:
                if not future.done():
                    future.set_exception(error)
            return True
        for (_, future), answer in zip(lot, answers, strict=True):
            if not future.done():  # nobody waits for it any more
                future.set_result(answer)
        return True
